import {LEVELS} from '../../metrics/model/levels.ts';
import type {Action} from './action.ts';
import {startChoosing} from './column-choosing.ts';
import {startCommand} from './command-line/command-editing.ts';
import {startContexts} from './context-choosing.ts';
import {setFilter, startFilter} from './filter-editing.ts';
import {hasLogs} from './has-logs.ts';
import {narrow, switchNamespace} from './namespace-scope.ts';
import {
	back,
	goToLevel,
	goToNextLevel,
	open,
	openClusterPage,
	openProblems,
	openProcesses,
} from './navigation.ts';
import {actOnOverlay, isOverlay, toggleOverlay} from './overlay.ts';
import {changePage, currentPage} from './page.ts';
import {nextForm, nextGrouping, setForm, setGrouping, toggleScale, toggleStatistics} from './presenting.ts';
import type {ScreenState} from './screen-state.ts';
import {mark, moveSelection, select, selectedRow, selectNext, toggleFollowing} from './selection.ts';
import {reverseSort, sortBy, sorted, sortNext} from './sorting.ts';
import {setWindow, stepInTime, togglePause, widenWindow} from './time-cursor.ts';
import {collapse, expand, fold} from './tree-folding.ts';
import type {Visible} from './visible.ts';

/** The reducer of the screen. Actions with side effects (quit, copy, kubectl, interval) are in `use-actions.ts`. */
export function act(before: ScreenState, action: Action, visible: Visible): ScreenState {
	const state = before.message === undefined ? before : {...before, message: undefined};
	if (state.mode.kind === 'overlay' && !isOverlay(action.type)) {
		return actOnOverlay(state, state.mode, action, visible);
	}

	switch (action.type) {
		case 'facts-page':
			return turnFacts(state, action.by, visible);
		case 'move':
			// Without a table there is nothing else to move in.
			return currentPage(state).level === undefined
				? turnFacts(state, Math.sign(action.by), visible)
				: moveSelection(state, visible, action.by);
		case 'page':
			return moveSelection(state, visible, action.by * Math.max(visible.height - 1, 1));
		case 'first':
			return select(state, visible, 0);
		case 'last':
			return select(state, visible, visible.rows.length - 1);
		case 'open':
			return open(state, visible);
		case 'expand':
			return goRight(state, visible);
		case 'collapse':
			return goLeft(state, visible);
		case 'fold':
			return fold(state, visible, action.isOpen);
		case 'back':
			return back(state);
		case 'level':
			return goToLevel(state, LEVELS[action.index]);
		case 'problems':
			return openProblems(state);
		case 'processes':
			return openProcesses(state, visible);
		case 'cluster':
			return openClusterPage(state);
		case 'namespace':
			return switchNamespace(state, visible);
		case 'next-level':
			return goToNextLevel(state, action.by);
		case 'filter':
			return startFilter(state);
		case 'set-filter':
			return setFilter(state, action.filter);
		case 'command':
			return startCommand(state, action.text);
		case 'narrow':
			return narrow(state, action.namespaces);
		case 'sort':
			return sorted(state, action.order);
		case 'sort-by':
			return sortBy(state, action.column, visible);
		case 'sort-next':
			return sortNext(state, action.by, visible);
		case 'reverse':
			return reverseSort(state);
		case 'pause':
			return togglePause(state, visible);
		case 'step':
			return stepInTime(state, action.by, visible);
		case 'window':
			return widenWindow(state, visible);
		case 'set-window':
			return setWindow(state, action.windowMs);
		case 'kill':
			return {
				...state,
				message: 'ktop only reads and cannot kill: use kubectl delete pod',
			};
		case 'explain':
		case 'help':
		case 'events':
			return toggleOverlay(state, action.type);
		case 'wide':
			return {...state, isWide: !state.isWide};
		case 'statistics':
			return toggleStatistics(state);
		case 'facts':
			return {...state, hasFacts: !state.hasFacts};
		case 'form':
			return setForm(state, action.form);
		case 'next-form':
			return nextForm(state, action.by);
		case 'scale':
			return toggleScale(state);
		case 'group':
			return setGrouping(state, action.by);
		case 'next-group':
			return nextGrouping(state, visible);
		case 'columns':
			return startChoosing(state, visible);
		case 'contexts':
			return startContexts(state);
		case 'mark':
			return mark(state, visible);
		case 'unmark':
			return {...state, marked: new Set()};
		case 'follow':
			return toggleFollowing(state, visible);
		case 'hand-over': {
			// On rows without logs, `l` moves right as in vi.
			const row = selectedRow(state, visible.rows);
			return action.to === 'logs' && row !== undefined && !hasLogs(row) ? goRight(state, visible) : state;
		}

		case 'context':
		case 'copy':
		case 'export':
		case 'set-interval':
		case 'interval':
		case 'redraw':
		case 'suspend':
		case 'quit':
			return state;
	}
}

/** Shows another page of the facts, if there is one. */
function turnFacts(state: ScreenState, by: number, {factsPages}: Visible): ScreenState {
	const page = Math.min(currentPage(state).factsPage, factsPages - 1);
	return changePage(state, {factsPage: Math.min(Math.max(page + by, 0), factsPages - 1)});
}

/** Selects the next cell of a grid, expands a row of the tree, steps forward in time on charts, else opens the selected row. */
function goRight(state: ScreenState, visible: Visible): ScreenState {
	if (visible.grid !== undefined) {
		return selectNext(state, visible, 1);
	}

	switch (currentPage(state).level) {
		case undefined:
			return stepInTime(state, 1, visible);
		case 'tree':
			return expand(state, visible);
		default:
			return open(state, visible);
	}
}

/** Selects the cell before in a grid, collapses a row of the tree, steps back in time on charts, else goes back. */
function goLeft(state: ScreenState, visible: Visible): ScreenState {
	if (visible.grid !== undefined) {
		return selectNext(state, visible, -1);
	}

	switch (currentPage(state).level) {
		case undefined:
			return stepInTime(state, -1, visible);
		case 'tree':
			return collapse(state, visible);
		default:
			return back(state);
	}
}
