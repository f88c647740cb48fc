import type {Column, Why} from '../model/column.ts';
import type {Row} from '../model/row.ts';

/** Columns by the unit of their values. An unknown value is `undefined` in all of them. */

/** The column that names the rows of a level. Its id is `name` everywhere. */
export const name = <R extends Row>(heading: string, explanation: string): Column<R> => ({
	id: 'name',
	heading,
	unit: 'name',
	explanation,
	value: row => row.name,
});

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

export const perSecond = <R extends Row>(
	id: string,
	heading: string,
	explanation: string,
	value: (row: R) => number | undefined,
	why?: Why,
): Column<R> => ({id, heading, unit: 'perSecond', explanation, value, why});
