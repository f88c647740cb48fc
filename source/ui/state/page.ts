import type {Level, ListLevel, Scope, TreeShape} from '../../metrics/model/view.ts';
import type {ScreenMemory} from './screen-memory.ts';
import {BY_CPU, type SortOrder} from './sort-order.ts';

/** One page: a table, and above it the charts of the object that was opened. */
export type Page = {
	/** The table's level; undefined on a container's page, which has charts alone. */
	readonly level: Level | undefined;
	readonly scope: Scope;
	/** The object that was opened; undefined on the first page. */
	readonly subject:
		| {readonly level: ListLevel | 'cluster'; readonly id: string; readonly name: string}
		| undefined;
	readonly sort: SortOrder;
	/** For the tree: the kind of its roots, and the ids of its open rows. */
	readonly tree: TreeShape;
	readonly filter: string;
	/** Identity of the selected row, which stays selected wherever it moves. Undefined: the first row, whichever it is. */
	readonly selectedId: string | undefined;
	/** Its last index, so that its neighbour is selected when it goes. */
	readonly selectedIndex: number;
	/** First row on the screen. */
	readonly offset: number;
	/** Whether the selection stays at its index, whichever row comes there. */
	readonly isPinned: boolean;
};

/** A page as it is opened, in the order that its level had last. */
export function newPage(
	level: Level | undefined,
	scope: Scope,
	subject: Page['subject'],
	memory: ScreenMemory,
): Page {
	return {
		level,
		scope,
		subject,
		sort: (level && memory.sorts[level]) ?? BY_CPU,
		tree: {by: 'nodes', open: new Set()},
		filter: '',
		selectedId: undefined,
		selectedIndex: 0,
		offset: 0,
		isPinned: false,
	};
}

/** The pages that were opened one from another; the last is on the screen. */
type Pages = {readonly pages: readonly [Page, ...Page[]]};

export function currentPage({pages}: Pages): Page {
	return pages.at(-1) ?? pages[0];
}

/** The state with a change to the page on the screen. */
export function changePage<S extends Pages>(state: S, change: Partial<Page>): S {
	const pages: readonly Page[] = [...state.pages.slice(0, -1), {...currentPage(state), ...change}];
	const [first = currentPage(state), ...rest] = pages;
	return {...state, pages: [first, ...rest]};
}
