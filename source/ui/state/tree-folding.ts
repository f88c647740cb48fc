import type {TreeRow} from '../../metrics/model/row.ts';
import {back, open} from './navigation.ts';
import {currentPage} from './page.ts';
import type {ScreenState} from './screen-state.ts';
import {moveSelection, select, selectedIndex, selectedRow} from './selection.ts';
import {setOpen} from './tree-rows.ts';
import type {Visible} from './visible.ts';

/** Expands the selected row of the tree. On an expanded row selects its first child; opens the page of a leaf. */
export function expand(state: ScreenState, visible: Visible): ScreenState {
	const row = selectedRow(state, visible.rows);
	if (row?.kind !== 'tree' || row.isOpen === undefined) {
		return open(state, visible);
	}

	return row.isOpen ? moveSelection(state, visible, 1) : setOpen(state, row.id, true);
}

/** Opens or closes the selected row; what has nothing in it, or is closed already, selects its parent to be closed next. */
export function fold(state: ScreenState, visible: Visible, isOpen: boolean | undefined): ScreenState {
	const row = selectedRow(state, visible.rows);
	if (row?.kind !== 'tree') {
		return state;
	}

	if (row.isOpen !== undefined && (isOpen !== false || row.isOpen)) {
		return setOpen(state, row.id, isOpen ?? !row.isOpen);
	}

	return isOpen === false ? selectParent(state, row, visible) : state;
}

/** Collapses the selected row of the tree, or selects its parent if it is collapsed. */
export function collapse(state: ScreenState, visible: Visible): ScreenState {
	const row = selectedRow(state, visible.rows);
	if (row?.kind !== 'tree') {
		return back(state);
	}

	if (row.isOpen === true && currentPage(state).tree.open.has(row.id)) {
		return setOpen(state, row.id, false);
	}

	return row.depth === 0 ? back(state) : selectParent(state, row, visible);
}

function selectParent(state: ScreenState, {depth}: TreeRow, visible: Visible): ScreenState {
	let parent = selectedIndex(currentPage(state), visible.rows) - 1;
	for (let line = visible.rows.at(parent); parent >= 0; line = visible.rows.at(--parent)) {
		if (line?.kind === 'tree' && line.depth < depth) {
			break;
		}
	}

	return parent === -1 ? state : select(state, visible, parent);
}
