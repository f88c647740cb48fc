import {columnsOf} from '../../metrics/columns/columns.ts';
import type {Grouping} from '../../metrics/model/view.ts';
import {currentPage, newPage, type Page} from './page.ts';
import type {ScreenState} from './screen-state.ts';

/** What a page's rows that fold are grouped by; undefined if they are not in groups. */
export function groupingOf({level, tree}: Page): Grouping | undefined {
	return level === 'tree' && typeof tree.by !== 'string' ? tree.by : undefined;
}

/** The rows that a page can show in groups that fold: its nodes or pods. */
export function groupable(page: Page): Grouping['of'] | undefined {
	switch (page.level) {
		case 'nodes':
		case 'pods':
			return page.level;
		case 'tree':
			return page.tree.by === 'nodes' ? 'nodes' : page.tree.by === 'namespaces' ? 'pods' : page.tree.by.of;
		default:
			return undefined;
	}
}

/** Shows the nodes or pods of a page in groups, all of them folded. */
export function foldInto(state: ScreenState, grouping: Grouping): ScreenState {
	const page = currentPage(state);
	return replaced(state, {
		...inLevel(state, page, 'tree'),
		tree: {by: grouping, open: new Set()},
	});
}

/** Shows the nodes or pods of a page as a table again. */
export function unfold(state: ScreenState, of: Grouping['of']): ScreenState {
	return replaced(state, inLevel(state, currentPage(state), of));
}

/** The page with another table of the same rows; filter and order stay where that table has the column. */
function inLevel(state: ScreenState, page: Page, level: 'tree' | Grouping['of']): Page {
	const {scope, subject, sort, filter, tree} = page;
	const next = newPage(level, scope, subject, state.memory);
	const hasColumn = columnsOf(level).some(({id}) => id === sort.column);
	return {...next, tree, filter, sort: hasColumn ? sort : next.sort};
}

function replaced(state: ScreenState, page: Page): ScreenState {
	const [first, ...rest] = state.pages;
	return {...state, pages: rest.length === 0 ? [page] : [first, ...rest.slice(0, -1), page]};
}
