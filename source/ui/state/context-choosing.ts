import type {Action} from './action.ts';
import {startCommand} from './command-line/command-editing.ts';
import {actionOf} from './keymap.ts';
import {movedTo} from './moved-to.ts';
import {newPage, type Page} from './page.ts';
import {type ScreenState, TABLE} from './screen-state.ts';
import type {Visible} from './visible.ts';

type Contexts = Pick<Visible, 'contexts' | 'context' | 'height'>;

/** Opens the list of contexts. */
export function startContexts(state: ScreenState): ScreenState {
	return {...state, mode: {kind: 'contexts', selected: undefined}};
}

/** The index of the selected context: by its name, at first the one on the screen. */
export function selectedContext(
	selected: string | undefined,
	{contexts, context}: Pick<Visible, 'contexts' | 'context'>,
): number {
	return Math.max(
		contexts().findIndex(({name}) => name === (selected ?? context)),
		0,
	);
}

/** Handles a key of the list of contexts. Enter returns the action that opens the selected one. */
export function typeContexts(
	state: ScreenState,
	key: string,
	visible: Contexts,
): {readonly state: ScreenState; readonly action?: Action} {
	const {mode} = state;
	if (mode.kind !== 'contexts') {
		return {state};
	}

	const index = selectedContext(mode.selected, visible);
	const name = visible.contexts()[index]?.name;
	const action = actionOf(key);
	const to = action && movedTo(index, action, Math.max(visible.height - 1, 1), visible.contexts().length - 1);
	if (to !== undefined) {
		return {state: selectContext(state, to, visible)};
	}

	switch (key) {
		case 'enter':
		case 'right':
			return name === undefined ? {state} : {state, action: {type: 'context', name}};
		case '/':
		case ':':
			return {state: startCommand(state, 'ctx ')};
		case 'esc':
		case 'left':
		case 'h':
		case 'q':
		case 'C':
		case 'ctrl-c':
			return {state: {...state, mode: TABLE}};
		default:
			return {state};
	}
}

/** Selects a context in the list, as near as there is one. */
export function selectContext(
	state: ScreenState,
	index: number,
	{contexts}: Pick<Visible, 'contexts'>,
): ScreenState {
	const all = contexts();
	const selected = all[Math.min(Math.max(index, 0), Math.max(all.length - 1, 0))]?.name;
	return {...state, mode: {kind: 'contexts', selected}};
}

/**
 * The state when another context is shown. Table, order, filter and columns stay; pages of objects, marks and the cursor in
 * time are those of the cluster before.
 */
export function inAnotherContext(state: ScreenState, name: string, hidesNodes: boolean): ScreenState {
	const [first, ...rest] = state.pages;
	const end = rest.findIndex(page => !isOfAnyCluster(page));
	const kept = end === -1 ? rest : rest.slice(0, end);
	// Nodes that may not be listed are known only from their pods.
	const opened =
		hidesNodes && first.level === 'nodes' ? newPage('pods', first.scope, undefined, state.memory) : first;
	return {
		...state,
		pages: [fresh(opened), ...kept.map(fresh)],
		cursor: 'live',
		marked: new Set(),
		mode: state.mode.kind === 'contexts' ? TABLE : state.mode,
		message: `context ${name}`,
	};
}

function isOfAnyCluster({scope, subject}: Page): boolean {
	return (
		scope.cluster === undefined &&
		scope.nodeId === undefined &&
		scope.podId === undefined &&
		scope.workloadId === undefined &&
		(subject === undefined || subject.level === 'cluster')
	);
}

/** The page with nothing selected or open. */
function fresh(page: Page): Page {
	return {
		...page,
		tree: {...page.tree, open: new Set()},
		selectedId: undefined,
		selectedIndex: 0,
		offset: 0,
		factsPage: 0,
	};
}
