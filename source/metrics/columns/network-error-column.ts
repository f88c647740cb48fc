import type {Column} from '../model/column.ts';
import type {Row} from '../model/row.ts';
import {firstOf} from '../reasons/reason.ts';
import {networkUnmeasured} from '../reasons/unmeasured.ts';
import {perSecond} from './column-kinds.ts';

export const networkErrors = <R extends Row>(value: (row: R) => number | undefined): Column<R> =>
	perSecond(
		'net-errors',
		['ERR/s', 'NET ERRORS/S'],
		'Receive and transmit errors per second.',
		value,
		// Rings keep traffic but not its errors.
		firstOf((_row, {isPast}) => (isPast ? 'its history is not kept' : undefined), networkUnmeasured),
	);
