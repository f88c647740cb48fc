import {chartedBy} from '../../metrics/columns/charted-columns.ts';
import {measureId} from '../../metrics/columns/columns.ts';
import {changePage, currentPage, type Page} from './page.ts';
import type {ScreenState} from './screen-state.ts';
import {firstOrder, type SortOrder} from './sort-order.ts';
import type {Visible} from './visible.ts';

/** Sorts by a column, always from the same end: an order of the last session may be reversed. */
export function sortBy(state: ScreenState, wanted: string, {sortable}: Visible): ScreenState {
	// Processes have only resident memory.
	const column =
		wanted === 'memory' && !sortable.includes(wanted) && sortable.includes('rss') ? 'rss' : wanted;
	if (!sortable.includes(column)) {
		return {...state, message: `cannot sort by ${column}: this table has no such column`};
	}

	const {sort, form} = currentPage(state);
	const order = firstOrder(column);
	const isSame = sort.column === column && sort.isDescending === order.isDescending;
	// Cells of a map stay in their places, so there is no order to reverse.
	return isSame && form !== 'map'
		? {...state, message: `sorted by ${column} already: r reverses the order`}
		: sorted(state, order);
}

/** Sorts by the column of a heading, or reverses the order if it is the current one. */
export function sortByHeading(state: ScreenState, column: string, visible: Visible): ScreenState {
	return currentPage(state).sort.column === column ? reverseSort(state) : sortBy(state, column, visible);
}

/** Sorts by the next column on the screen, or the one before if `by` is negative. */
export function sortNext(state: ScreenState, by: number, {shownColumns}: Visible): ScreenState {
	const shown = shownColumns();
	const current = shownBy(currentPage(state));
	const index = shown.indexOf(current);
	const from = index === -1 && by < 0 ? 0 : index;
	const column = shown[(from + by + shown.length) % Math.max(shown.length, 1)];
	return column === undefined ? state : sorted(state, firstOrder(column));
}

/** The column that a page shows, or that its table is sorted by. */
function shownBy({form, level, sort, charted}: Page): string {
	switch (form) {
		case 'map':
			return (level && measureId(level, sort.column)) ?? sort.column;
		case 'wall':
		case 'comparison':
			return charted;
		case 'table':
			return sort.column;
	}
}

export function reverseSort(state: ScreenState): ScreenState {
	const {sort} = currentPage(state);
	return sorted(state, {...sort, isDescending: !sort.isDescending});
}

/** Sets the order of the page and saves it for its table. */
export function sorted(state: ScreenState, sort: SortOrder): ScreenState {
	const {level, charted} = currentPage(state);
	const {memory} = state;
	return {
		...changePage(state, {sort, charted: chartedBy(sort.column) ?? charted}),
		memory: level === undefined ? memory : {...memory, sorts: {...memory.sorts, [level]: sort}},
	};
}
