import type {Column} from '../model/column.ts';
import type {Row} from '../model/row.ts';
import {firstOf} from '../reasons/missing.ts';
import {networkUnmeasured} from '../reasons/why-unmeasured.ts';
import {perSecond} from './column-kinds.ts';

export const networkErrors = <R extends Row>(value: (row: R) => number | undefined): Column<R> =>
	perSecond(
		'net-errors',
		'ERR/s',
		'Packets a second that were received or sent with an error.',
		value,
		// Unlike the traffic itself its errors are not kept over time.
		firstOf((_row, {isPast}) => (isPast ? 'its past is not kept' : undefined), networkUnmeasured),
	);
