import type {Row} from '../../metrics/model/row.ts';
import type {View} from '../../metrics/model/view.ts';
import {type TableLayout, tableLayout} from '../draw/table/table-layout.ts';
import {currentPage} from '../state/page.ts';
import type {ScreenState} from '../state/screen-state.ts';
import {rowsInWindow, type TableWindow, tableWindow} from './table-window.ts';

/** The part of a table that is on the screen. */
export type ShownTable = {
	readonly view: View;
	readonly window: TableWindow;
	/** The rows on the screen, from top to bottom. */
	readonly rows: readonly Row[];
	readonly layout: TableLayout;
};

/** Selects the columns and rows that fit into `width` cells and `height` rows. */
export function shownTable(
	state: ScreenState,
	view: View,
	{
		width,
		height,
		hasInventory,
		hasClusters = false,
	}: {
		readonly width: number;
		readonly height: number;
		readonly hasInventory: boolean;
		readonly hasClusters?: boolean;
	},
): ShownTable {
	const window = tableWindow(state, view.rows, height);
	const rows = rowsInWindow<Row>(view.rows, window, height);
	const layout = tableLayout(view, rows, {
		width,
		hasInventory,
		hasClusters,
		chosen: state.memory.columns[view.level],
		isWide: state.isWide,
		hasStatistics: state.hasStatistics,
		sortedBy: currentPage(state).sort.column,
	});
	return {view, window, rows, layout};
}
