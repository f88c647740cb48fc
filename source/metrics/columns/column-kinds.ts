import type {Column, Why} from '../model/column.ts';
import type {Row} from '../model/row.ts';

/** Columns by what they tell; unknown is `undefined` in all of them. */

export const text = <R extends Row>(
	id: string,
	heading: string,
	explanation: string,
	value: (row: R) => string | undefined,
	why?: Why,
): Column<R> => ({id, heading, unit: 'text', explanation, value, why});

export const count = <R extends Row>(
	id: string,
	heading: string,
	explanation: string,
	value: (row: R) => number | undefined,
	why?: Why,
): Column<R> => ({id, heading, unit: 'count', explanation, value, why});

export const share = <R extends Row>(
	id: string,
	heading: string,
	explanation: string,
	value: (row: R) => number | undefined,
	why?: Why,
): Column<R> => ({id, heading, unit: 'ratio', explanation, value, why});

export const amount = <R extends Row>(
	id: string,
	heading: string,
	unit: 'cores' | 'bytes',
	explanation: string,
	value: (row: R) => number | undefined,
	why?: Why,
): Column<R> => ({id, heading, unit, explanation, value, why});
