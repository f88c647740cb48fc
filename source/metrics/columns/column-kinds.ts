import type {Column, Why} from '../model/column.ts';
import type {Row} from '../model/row.ts';

/** A heading; an abbreviated one with the same in full words, for wide tables and the help. */
export type Heading = string | readonly [short: string, full: string];

function headings(heading: Heading): Pick<Column<Row>, 'heading' | 'fullHeading'> {
	return typeof heading === 'string' ? {heading} : {heading: heading[0], fullHeading: heading[1]};
}

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
	heading: Heading,
	explanation: string,
	value: (row: R) => string | undefined,
	why?: Why,
): Column<R> => ({id, ...headings(heading), unit: 'text', explanation, value, why});

export const count = <R extends Row>(
	id: string,
	heading: Heading,
	explanation: string,
	value: (row: R) => number | undefined,
	why?: Why,
): Column<R> => ({id, ...headings(heading), unit: 'count', explanation, value, why});

export const share = <R extends Row>(
	id: string,
	heading: Heading,
	explanation: string,
	value: (row: R) => number | undefined,
	why?: Why,
): Column<R> => ({id, ...headings(heading), unit: 'ratio', explanation, value, why});

export const amount = <R extends Row>(
	id: string,
	heading: Heading,
	unit: 'cores' | 'bytes',
	explanation: string,
	value: (row: R) => number | undefined,
	why?: Why,
): Column<R> => ({id, ...headings(heading), unit, explanation, value, why});

export const perSecond = <R extends Row>(
	id: string,
	heading: Heading,
	explanation: string,
	value: (row: R) => number | undefined,
	why?: Why,
): Column<R> => ({id, ...headings(heading), unit: 'perSecond', explanation, value, why});
