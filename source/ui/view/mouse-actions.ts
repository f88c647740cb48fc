import type {Row} from '../../metrics/model/row.ts';
import {columnAt} from '../draw/table/table-layout.ts';
import {cellsOf, type Tab, tabsOf} from '../draw/tabs.ts';
import type {Action} from '../state/action.ts';
import {typeChooser} from '../state/column-choosing.ts';
import {typeContexts} from '../state/context-choosing.ts';
import {currentPage} from '../state/page.ts';
import {act} from '../state/reduce.ts';
import {type ScreenState, TABLE} from '../state/screen-state.ts';
import {select, selectedIndex} from '../state/selection.ts';
import {sortByHeading} from '../state/sorting.ts';
import type {Visible} from '../state/visible.ts';
import type {MouseEvent} from '../terminal/mouse.ts';
import type {ScreenView} from './screen-view.ts';
import {pointedCell} from './shown-map.ts';
import {pointedTile} from './shown-wall.ts';
import {rowOfLine} from './table-window.ts';

/** The parts of the screen that react to the mouse. */
export type MouseTargets = Pick<
	ScreenView,
	'areas' | 'columns' | 'comparison' | 'counts' | 'map' | 'table' | 'view' | 'wall'
>;

/** The number of rows that one step of the wheel moves. */
const WHEEL_ROWS = 3;

/**
 * Handles the mouse. The wheel moves the selection; a click selects a row, opens the selected one (in the tree, expands or
 * collapses it), sorts by a heading, or goes to a tab.
 */
export function actOnMouse(
	state: ScreenState,
	event: MouseEvent,
	visible: Visible,
	shown: MouseTargets,
): ScreenState {
	if (event.kind !== 'press') {
		const isUp = event.kind === 'wheel-up';
		const key = isUp ? 'up' : 'down';
		if (state.mode.kind === 'contexts') {
			return typeContexts(state, key, visible).state;
		}

		return state.mode.kind === 'chooser'
			? typeChooser(state, key, visible)
			: act(state, {type: 'move', by: isUp ? -WHEEL_ROWS : WHEEL_ROWS}, visible);
	}

	if (state.mode.kind !== 'table') {
		return state.mode.kind === 'overlay' ? {...state, mode: TABLE} : state;
	}

	const {areas, columns} = shown;
	if (event.line === areas.header) {
		const index =
			state.pages.length === 1 ? tabAt(event.column, columns, tabsOf(columns, shown.counts)) : undefined;
		return index === undefined
			? act(state, {type: 'back'}, visible)
			: act(state, {type: 'level', index}, visible);
	}

	const line = event.line - areas.header - 1 - areas.charts;
	const {table, map, wall, comparison} = shown;
	if (comparison !== undefined) {
		return state;
	}

	if (wall !== undefined) {
		const index = line < areas.table ? pointedTile(wall, areas.table, line, event.column) : undefined;
		return index === undefined ? state : pickRow(state, visible, index);
	}

	if (map !== undefined) {
		const index = line < areas.table ? pointedCell(state, map, areas.table, line, event.column) : undefined;
		return index === undefined ? state : pickRow(state, visible, index);
	}

	if (table === undefined || areas.table === 0 || line < 0 || line >= areas.table) {
		return state;
	}

	if (line === 0) {
		const column = columnAt(table.layout, event.column);
		return column === undefined ? state : sortByHeading(state, column, visible);
	}

	const index = rowOfLine(line - 1, table.window);
	return index >= table.view.rows.length ? state : pickRow(state, visible, index);
}

/** Selects a row; opens it if it is selected, or in the tree expands or collapses it. */
function pickRow(state: ScreenState, visible: Visible, index: number): ScreenState {
	const {rows} = visible;
	return index === selectedIndex(currentPage(state), rows)
		? act(state, toggleOf(rows.at(index)) ?? {type: 'open'}, visible)
		: select(state, visible, index);
}

/** Expands or collapses a row of the tree; undefined for leaves and for other tables. */
function toggleOf(row: Row | undefined): Action | undefined {
	return row?.kind === 'tree' && row.isOpen !== undefined
		? {type: row.isOpen ? 'collapse' : 'expand'}
		: undefined;
}

function tabAt(column: number, width: number, tabs: readonly Tab[]): number | undefined {
	let start = 0;
	for (const [index, {text}] of tabs.entries()) {
		if (column >= start && column < start + text.length && cellsOf(tabs) <= width) {
			return index;
		}

		start += text.length;
	}

	return undefined;
}
