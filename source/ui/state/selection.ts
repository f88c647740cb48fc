import type {Row} from '../../metrics/model/row.ts';
import {placeOfRow, type RowList} from '../../metrics/model/row-list.ts';
import {changePage, currentPage, type Page} from './page.ts';
import type {ScreenState} from './screen-state.ts';
import type {Visible} from './visible.ts';

/** The current index of the selected row: by its id, or its last index if it disappeared. */
export function selectedIndex(
	{selectedId, selectedIndex: last, staysAtPosition}: Page,
	rows: RowList<{readonly id: string}>,
): number {
	const index = selectedId === undefined || staysAtPosition ? -1 : placeOfRow(rows, selectedId, last);
	return index === -1
		? Math.min(selectedId === undefined && !staysAtPosition ? 0 : last, Math.max(rows.length - 1, 0))
		: index;
}

export function selectedRow(state: ScreenState, rows: RowList<Row>): Row | undefined {
	return rows.at(selectedIndex(currentPage(state), rows));
}

/**
 * The number of marked rows that stay at the top while the others scroll, at most a third of the height. Marked rows are
 * the first rows of a table, but not of the tree.
 */
export function pinnedRows(marked: ReadonlySet<string>, rows: RowList<Row>, height: number): number {
	const max = Math.floor(height / 3);
	const first = rows.slice(0, max).findIndex(({id, kind}) => kind === 'tree' || !marked.has(id));
	return first === -1 ? Math.min(max, rows.length) : first;
}

/**
 * The scroll offset nearest to `offset` at which the selected row is visible. The first lines show the pinned rows instead
 * of the rows at the offset.
 */
export function visibleOffset(
	offset: number,
	selected: number,
	total: number,
	height: number,
	pinned: number,
): number {
	const least = Math.max(selected - height + 1, 0);
	const most = Math.max(Math.min(selected - pinned, total - height), 0);
	return Math.min(Math.max(offset, least), Math.max(most, least));
}

/** Selects the row at an index, limited to the rows that exist. */
export function select(state: ScreenState, {rows, height, grid}: Visible, index: number): ScreenState {
	const selected = Math.max(Math.min(index, rows.length - 1), 0);
	const {offset} = currentPage(state);
	return changePage(state, {
		selectedId: rows.at(selected)?.id,
		selectedIndex: selected,
		offset:
			grid === undefined
				? visibleOffset(offset, selected, rows.length, height, pinnedRows(state.marked, rows, height))
				: visibleOffset(offset, grid.lineOf(selected), grid.lines, height, 0),
	});
}

/** Moves the selection by lines. */
export function moveSelection(state: ScreenState, visible: Visible, by: number): ScreenState {
	const {rows, grid} = visible;
	const selected = selectedIndex(currentPage(state), rows);
	return select(state, visible, grid === undefined ? selected + by : grid.below(selected, by));
}

/** Moves the selection by rows, whatever lies on the line below. */
export function selectNext(state: ScreenState, visible: Visible, by: number): ScreenState {
	return select(state, visible, selectedIndex(currentPage(state), visible.rows) + by);
}

/** Marks or unmarks the selected row, and selects the next one. */
export function mark(state: ScreenState, visible: Visible): ScreenState {
	const row = selectedRow(state, visible.rows);
	if (row === undefined) {
		return state;
	}

	const marked = new Set(state.marked);
	if (!marked.delete(row.id)) {
		marked.add(row.id);
	}

	return selectNext({...state, marked}, visible, 1);
}

/** Switches between a selection that follows its row and one that stays at its index. */
export function toggleFollowing(state: ScreenState, {rows}: Visible): ScreenState {
	const {staysAtPosition} = currentPage(state);
	const selected = selectedIndex(currentPage(state), rows);
	return {
		...changePage(state, {
			staysAtPosition: !staysAtPosition,
			selectedIndex: selected,
			selectedId: rows.at(selected)?.id,
		}),
		message: staysAtPosition ? 'the selection follows its row' : 'the selection stays at its position',
	};
}
