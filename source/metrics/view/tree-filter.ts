import {columnsOf} from '../columns/columns.ts';
import type {Column} from '../model/column.ts';
import type {TreeRow} from '../model/row.ts';
import type {RowOf} from '../model/view.ts';
import type {Filter, Term} from './filter.ts';
import {lineOf} from './select-tree.ts';

type ListedLevel = 'pods' | 'containers';

/** Texts of the table of a level that its rows do not have in a tree. */
const LACKS: Readonly<Record<ListedLevel, ReadonlySet<string>>> = {
	pods: new Set(),
	containers: new Set(['namespace']),
};

/** What a filter of a tree says of the rows of a table: their texts are those of the columns of the table. */
export function filterOfTable<L extends ListedLevel>(
	level: L,
	{alternatives, test, isTimed}: Extract<Filter<TreeRow>, {readonly kind: 'ok'}>,
): Filter<RowOf[L]> {
	return {
		kind: 'ok',
		alternatives: alternatives.map(terms => terms.map(term => termOfTable(level, term))),
		test: (row, nowMs) => test(lineOf(row, 0, undefined), nowMs),
		isTimed,
	};
}

function termOfTable<L extends ListedLevel>(
	level: L,
	{test, texts, number: _, advance: __, ...term}: Term<TreeRow>,
): Term<RowOf[L]> {
	return {
		...term,
		test: (row, nowMs) => test(lineOf(row, 0, undefined), nowMs),
		...(texts && {texts: {...texts, columns: textsOfTable(level, texts.columns)}}),
	};
}

/** The columns of a table that say the same of its rows as those of a tree, which are texts, say of their lines. */
export function textsOfTable<L extends ListedLevel>(
	level: L,
	columns: ReadonlyArray<Column<TreeRow>>,
): ReadonlyArray<Column<RowOf[L]>> {
	const ofTable: ReadonlyArray<Column<RowOf[L]>> = columnsOf(level);
	return columns.flatMap(({id}) => (LACKS[level].has(id) ? [] : ofTable.filter(column => column.id === id)));
}
