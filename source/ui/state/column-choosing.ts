import {chooseColumns, openChooser} from './column-chooser.ts';
import {currentPage} from './page.ts';
import {type ScreenState, TABLE} from './screen-state.ts';
import type {Visible} from './visible.ts';

/** Opens the column chooser for the page's table. */
export function startChoosing(state: ScreenState, {choosable}: Visible): ScreenState {
	const {level} = currentPage(state);
	return level === undefined
		? state
		: {...state, mode: {kind: 'chooser', chooser: openChooser(choosable, state.memory.columns[level])}};
}

/** Handles a key of the column chooser; the choice is saved per table. */
export function typeChooser(state: ScreenState, key: string, visible: Visible): ScreenState {
	const {level} = currentPage(state);
	const {mode} = state;
	if (mode.kind !== 'chooser') {
		return state;
	}

	const chooser = chooseColumns(mode.chooser, key, visible.choosable, Math.max(visible.height - 1, 1));
	if (chooser.isDone || level === undefined) {
		return {...state, mode: TABLE};
	}

	const {[level]: _before, ...others} = state.memory.columns;
	const columns = chooser.chosen === undefined ? others : {...others, [level]: chooser.chosen};
	return {...state, mode: {kind: 'chooser', chooser}, memory: {...state.memory, columns}};
}
