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

/** Collapses the selected row of the tree, or selects its parent if it is collapsed. */
export function collapse(state: ScreenState, visible: Visible): ScreenState {
	const index = selectedIndex(currentPage(state), visible.rows);
	const row = visible.rows.at(index);
	if (row?.kind !== 'tree') {
		return back(state);
	}

	if (row.isOpen === true && currentPage(state).tree.open.has(row.id)) {
		return setOpen(state, row.id, false);
	}

	const parent = visible.rows
		.slice(0, index)
		.findLastIndex(other => other.kind === 'tree' && other.depth < row.depth);
	return parent === -1 ? back(state) : select(state, visible, parent);
}
