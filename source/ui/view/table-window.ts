import type {Row} from '../../metrics/model/row.ts';
import type {RowList} from '../../metrics/model/row-list.ts';
import {currentPage} from '../state/page.ts';
import type {ScreenState} from '../state/screen-state.ts';
import {pinnedRows, selectedIndex, visibleOffset} from '../state/selection.ts';

/** The scroll position of a table: the first lines show `pinned` rows, the others the rows from `offset` on. */
export type TableWindow = {
	readonly selected: number;
	readonly offset: number;
	readonly pinned: number;
};

export function tableWindow(state: ScreenState, rows: RowList<Row>, height: number): TableWindow {
	const page = currentPage(state);
	const selected = selectedIndex(page, rows);
	const pinned = pinnedRows(state.marked, rows, height);
	return {selected, pinned, offset: visibleOffset(page.offset, selected, rows.length, height, pinned)};
}

/** The index of the row on a line of the table. */
export function rowOfLine(line: number, {offset, pinned}: Pick<TableWindow, 'offset' | 'pinned'>): number {
	return line < pinned ? line : offset + line;
}

/** The rows on the screen, from top to bottom. */
export function rowsInWindow<R>(
	rows: RowList<R>,
	{offset, pinned}: Pick<TableWindow, 'offset' | 'pinned'>,
	height: number,
): readonly R[] {
	return [...rows.slice(0, pinned), ...rows.slice(offset + pinned, offset + height)];
}

/** The line of the table on which a row is, by its index. */
export function lineOfRow(index: number, {offset, pinned}: Pick<TableWindow, 'offset' | 'pinned'>): number {
	return index < pinned ? index : index - offset;
}
