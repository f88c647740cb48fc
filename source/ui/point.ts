import type {Row} from '../metrics/row.ts';
import type {View} from '../metrics/view.ts';
import {tabTexts} from './frame/bars.ts';
import type {Areas} from './frame/draw-frame.ts';
import type {Action} from './keymap.ts';
import {
	act,
	currentPage,
	type ScreenState,
	selectedIndex,
	typeChooser,
	type Visible,
	visibleOffset,
} from './screen-state.ts';
import {columnAt} from './table/draw-table.ts';
import type {MouseEvent} from './terminal/mouse.ts';

/** What stands where on the screen. */
export type Layout = {
	readonly areas: Areas;
	readonly view: View | undefined;
	readonly columns: number;
	readonly hasInventory: boolean;
};

/** Rows that a turn of the wheel goes. */
const WHEEL_ROWS = 3;

/**
 * What the mouse does: the wheel moves the selection, a press selects a row, or opens (in a tree, folds) the one that was
 * selected already, sorts by a heading, or goes to a tab.
 */
export function point(state: ScreenState, event: MouseEvent, visible: Visible, layout: Layout): ScreenState {
	if (event.kind !== 'press') {
		const isUp = event.kind === 'wheel-up';
		return state.chooser === undefined
			? act(state, {type: 'move', by: isUp ? -WHEEL_ROWS : WHEEL_ROWS}, visible)
			: typeChooser(state, isUp ? 'up' : 'down', visible);
	}

	if (state.overlay !== undefined || state.editing !== undefined || state.chooser !== undefined) {
		return {...state, overlay: undefined};
	}

	const {areas, columns} = layout;
	const page = currentPage(state);
	if (event.line === areas.header) {
		const index = state.pages.length === 1 ? tabAt(event.column, columns) : undefined;
		return index === undefined
			? act(state, {type: 'back'}, visible)
			: act(state, {type: 'level', index}, visible);
	}

	const line = event.line - areas.header - 1 - areas.charts;
	const {view} = layout;
	if (view === undefined || areas.table === 0 || line < 0 || line >= areas.table) {
		return state;
	}

	if (line === 0) {
		const column = columnAt(event.column, {
			view,
			width: columns,
			hasInventory: layout.hasInventory,
			chosen: page.level && state.memory.columns[page.level],
			isWide: state.isWide,
		});
		return column === undefined ? state : act(state, {type: 'sort-by', column}, visible);
	}

	const selected = selectedIndex(page, view.rows);
	const index = visibleOffset(page.offset, selected, view.rows.length, visible.height) + line - 1;
	if (index >= view.rows.length) {
		return state;
	}

	return index === selected
		? act(state, unfoldingOf(view.rows[index]) ?? {type: 'open'}, visible)
		: act(state, {type: 'move', by: index - selected}, visible);
}

/** What is folded in a tree unfolds, and the other way round; undefined for what has nothing in it. */
function unfoldingOf(row: Row | undefined): Action | undefined {
	return row?.kind === 'tree' && row.isOpen !== undefined
		? {type: row.isOpen ? 'collapse' : 'expand'}
		: undefined;
}

function tabAt(column: number, width: number): number | undefined {
	let start = 0;
	for (const [index, text] of tabTexts(width).entries()) {
		if (column >= start && column < start + text.length) {
			return index;
		}

		start += text.length;
	}

	return undefined;
}
