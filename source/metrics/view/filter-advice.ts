import {type Column, isText} from '../model/column.ts';
import type {Row} from '../model/row.ts';
import {parseFilter} from './filter.ts';

/**
 * What to say about a filter on Enter. A wrong one stays in the prompt, since it filters nothing. One that matches no row
 * is kept: rows may match later.
 */
export type FilterAdvice =
	| {readonly kind: 'ok'}
	| {readonly kind: 'wrong' | 'vain'; readonly message: string};

/** The advice on a filter's text and on the number of rows that match it. */
export function filterAdvice<R extends Row>(
	text: string,
	columns: ReadonlyArray<Column<R>>,
	{rows, total}: {readonly rows: number; readonly total: number},
): FilterAdvice {
	const filter = parseFilter(text, columns);
	if (filter.kind === 'problem') {
		return {kind: 'wrong', message: filter.problem};
	}

	return rows > 0 || total === 0 || text.trim() === ''
		? {kind: 'ok'}
		: {kind: 'vain', message: `none of ${total} rows matches ${text.trim()}: ${describeColumns(columns)}`};
}

/** `words are looked for in name, status; compare cpu, memory, as in cpu>1; or label:NAME=VALUE`. */
function describeColumns<R extends Row>(columns: ReadonlyArray<Column<R>>): string {
	const ids = (some: ReadonlyArray<Column<R>>): string => some.map(({id}) => id).join(', ');
	const numbers = columns.filter(({unit}) => !isText(unit));
	const texts = columns.filter(({unit}) => isText(unit));
	const compare = numbers[0] === undefined ? '' : `; numbers, as in ${numbers[0].id}>1, are ${ids(numbers)}`;
	return `words are looked for in ${ids(texts)}, and in one as in status:Run${compare}; or label:NAME=VALUE`;
}
