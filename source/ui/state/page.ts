import {chartedBy} from '../../metrics/columns/charted-columns.ts';
import type {Level, ListLevel, Scope, TreeShape} from '../../metrics/model/view.ts';
import type {GroupKey} from '../../metrics/view/group-rows.ts';
import type {Form} from './form.ts';
import type {ScreenMemory} from './screen-memory.ts';
import {orderOf, type SortOrder} from './sort-order.ts';

/** One page: a table, and above it the charts of the opened object. */
export type Page = {
	/** The table; undefined on the page of a container, which only has charts. */
	readonly level: Level | undefined;
	readonly scope: Scope;
	/** The opened object; undefined on the first page. */
	readonly subject:
		| {readonly level: ListLevel | 'cluster'; readonly id: string; readonly name: string}
		| undefined;
	/** How the rows are shown. */
	readonly form: Form;
	/** What a map groups by, `none` for nothing; undefined for the first key that rows have a value of. */
	readonly grouping: GroupKey | undefined;
	readonly sort: SortOrder;
	/** The column whose past the charts of rows show: the last one that they were sorted by and that has a past. */
	readonly charted: string;
	/** The kind of the tree's roots, and the ids of its open rows. */
	readonly tree: TreeShape;
	readonly filter: string;
	/** The id of the selected row, which stays selected when it moves; undefined for the first row. */
	readonly selectedId: string | undefined;
	/** The last index of the selected row, so that its neighbour is selected if it disappears. */
	readonly selectedIndex: number;
	/** The index of the first row on the screen. */
	readonly offset: number;
	/** Whether the selection stays at its index instead of following its row. */
	readonly staysAtPosition: boolean;
	/** The page of the opened object's facts, from 0. */
	readonly factsPage: number;
};

/** A new page, sorted like the last table of its level. */
export function newPage(
	level: Level | undefined,
	scope: Scope,
	subject: Page['subject'],
	memory: ScreenMemory,
): Page {
	const sort = (level && memory.sorts[level]) ?? orderOf(level);
	return {
		level,
		scope,
		subject,
		form: 'table',
		grouping: undefined,
		sort,
		charted: chartedBy(sort.column) ?? 'cpu',
		tree: {by: 'nodes', open: new Set()},
		filter: '',
		selectedId: undefined,
		selectedIndex: 0,
		offset: 0,
		staysAtPosition: false,
		factsPage: 0,
	};
}

/** The stack of open pages; the last is on the screen. */
type Pages = {readonly pages: readonly [Page, ...Page[]]};

export function currentPage({pages}: Pages): Page {
	return pages.at(-1) ?? pages[0];
}

/** Changes the page on the screen. */
export function changePage<S extends Pages>(state: S, change: Partial<Page>): S {
	const pages: readonly Page[] = [...state.pages.slice(0, -1), {...currentPage(state), ...change}];
	const [first = currentPage(state), ...rest] = pages;
	return {...state, pages: [first, ...rest]};
}
