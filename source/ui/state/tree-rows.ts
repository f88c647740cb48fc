import {changePage, currentPage} from './page.ts';
import type {ScreenState} from './screen-state.ts';

/** Opens or closes a row of the tree, and selects it. */
export function setOpen(state: ScreenState, id: string, isOpen: boolean): ScreenState {
	const {tree} = currentPage(state);
	const open = new Set(tree.open);
	if (isOpen) {
		open.add(id);
	} else {
		open.delete(id);
	}

	return changePage(state, {tree: {...tree, open}, selectedId: id});
}
