import type {Row} from '../metrics/row.ts';
import type {Cursor, Level, ListLevel, Scope, TreeShape} from '../metrics/view.ts';
import {editFilter, type FilterLine, filterLine} from './filter-line.ts';
import type {Action} from './keymap.ts';

export type SortOrder = {readonly column: string; readonly isDescending: boolean};

/** What is looked at: a table, and above it the charts of what it is the inside of. */
export type Page = {
	/** The table's level; undefined on a container's page, which has charts alone. */
	readonly level: Level | undefined;
	readonly scope: Scope;
	readonly subject: {readonly level: ListLevel; readonly id: string; readonly name: string} | undefined;
	readonly sort: SortOrder;
	/** Of a tree: what its roots are, and what of it is open. */
	readonly tree: TreeShape;
	readonly filter: string;
	/** The row that is selected, by its identity: it stays selected wherever it moves. Undefined: whatever is first. */
	readonly selectedId: string | undefined;
	/** Where it was last, so that its neighbour is selected when it goes. */
	readonly selectedIndex: number;
	/** First row on the screen. */
	readonly offset: number;
};

export type ScreenState = {
	/** The last is on the screen; going back takes it away. */
	readonly pages: readonly [Page, ...Page[]];
	readonly cursor: Cursor;
	/** Time that sparklines and charts cover; undefined: as much as there is, up to five minutes. */
	readonly windowMs: number | undefined;
	readonly overlay: 'help' | 'explain' | undefined;
	readonly editing: FilterLine | undefined;
	/** The filter before it was edited, for Esc. */
	readonly filterBefore: string;
};

/** What the screen shows when a key is pressed: actions work on that and on nothing else. */
export type Visible = {
	readonly rows: readonly Row[];
	/** Ids of the columns that can be sorted by, as they stand. */
	readonly sortable: readonly string[];
	readonly height: number;
	readonly nowMs: number;
	readonly span: {readonly oldestMs: number; readonly newestMs: number} | undefined;
	/** How far a step through time goes. */
	readonly stepMs: number;
	readonly windowLimitMs: number;
};

const BY_CPU: SortOrder = {column: 'cpu', isDescending: true};
const LEVELS: readonly Level[] = ['nodes', 'pods', 'containers', 'namespaces', 'tree'];
const TEXT_COLUMNS = new Set([
	'name',
	'namespace',
	'pod',
	'node',
	'state',
	'kind',
	'status',
	'roles',
	'ready',
	'workload',
	'qos',
	'image',
	'last',
	'version',
	'os',
	'taints',
]);
export const WINDOWS_MS: readonly number[] = [
	300_000, 900_000, 3_600_000, 21_600_000, 86_400_000, 604_800_000,
];

function page(level: Level | undefined, scope: Scope, subject: Page['subject']): Page {
	return {
		level,
		scope,
		subject,
		sort: BY_CPU,
		tree: {by: 'nodes', open: new Set()},
		filter: '',
		selectedId: undefined,
		selectedIndex: 0,
		offset: 0,
	};
}

export function initialState(
	level: ListLevel,
	options: {
		readonly sort: SortOrder | undefined;
		readonly filter: string | undefined;
		readonly namespace: string | undefined;
	},
): ScreenState {
	const first = page(level, {namespace: options.namespace}, undefined);
	return {
		pages: [{...first, sort: options.sort ?? BY_CPU, filter: options.filter ?? ''}],
		cursor: 'live',
		windowMs: undefined,
		overlay: undefined,
		editing: undefined,
		filterBefore: '',
	};
}

export function currentPage({pages}: ScreenState): Page {
	return pages.at(-1) ?? pages[0];
}

/** Where the selected row is now: by its identity, or at its old place when it is gone. */
export function selectedIndex(
	{selectedId, selectedIndex: last}: Page,
	rows: ReadonlyArray<{readonly id: string}>,
): number {
	const index = selectedId === undefined ? -1 : rows.findIndex(({id}) => id === selectedId);
	return index === -1 ? Math.min(selectedId === undefined ? 0 : last, Math.max(rows.length - 1, 0)) : index;
}

/** The first row to show so that the selected one is on the screen, moving no further than needed. */
export function visibleOffset(offset: number, selected: number, total: number, height: number): number {
	const least = Math.max(selected - height + 1, 0);
	const most = Math.max(Math.min(selected, total - height), 0);
	return Math.min(Math.max(offset, least), Math.max(most, least));
}

/** The state after an action; actions that are not the state's business leave it as it is. */
export function act(state: ScreenState, action: Action, visible: Visible): ScreenState {
	if (state.overlay !== undefined && action.type !== 'help' && action.type !== 'explain') {
		// Any key closes what lies over the table; moving on is for the next one.
		return {...state, overlay: undefined};
	}

	switch (action.type) {
		case 'move':
			return select(state, visible, selectedIndex(currentPage(state), visible.rows) + action.by);
		case 'page':
			return select(
				state,
				visible,
				selectedIndex(currentPage(state), visible.rows) + action.by * Math.max(visible.height - 1, 1),
			);
		case 'first':
			return select(state, visible, 0);
		case 'last':
			return select(state, visible, visible.rows.length - 1);
		case 'open':
			return open(state, visible);
		case 'expand':
			return currentPage(state).level === 'tree' ? expand(state, visible) : open(state, visible);
		case 'collapse':
			return currentPage(state).level === 'tree' ? collapse(state, visible) : back(state);
		case 'back':
			return back(state);
		case 'level':
			return goToLevel(state, LEVELS[action.index]);
		case 'namespace':
			return switchNamespace(state, visible);
		case 'next-level':
			return goToLevel(state, nextLevel(state, action.by));
		case 'filter':
			return currentPage(state).level === undefined
				? state
				: {...state, editing: filterLine(currentPage(state).filter), filterBefore: currentPage(state).filter};
		case 'sort-by':
			return sortBy(state, action.column, visible);
		case 'sort-next':
			return sortNext(state, action.by, visible);
		case 'reverse': {
			const {sort} = currentPage(state);
			return changePage(state, {sort: {...sort, isDescending: !sort.isDescending}});
		}

		case 'pause':
			return {...state, cursor: state.cursor === 'live' ? {atMs: visible.nowMs} : 'live'};
		case 'step':
			return {...state, cursor: step(state.cursor, action.by, visible)};
		case 'window':
			return {...state, windowMs: nextWindow(state.windowMs, visible.windowLimitMs)};
		case 'explain':
		case 'help':
			return {...state, overlay: state.overlay === action.type ? undefined : action.type};
		case 'interval':
		case 'redraw':
		case 'suspend':
		case 'quit':
			return state;
	}
}

/** A key while the filter is typed; its rows follow with every key. */
export function typeFilter(state: ScreenState, key: string, input: string): ScreenState {
	if (state.editing === undefined) {
		return state;
	}

	if (key === 'enter') {
		return {...state, editing: undefined};
	}

	if (key === 'esc' || key === 'ctrl-c') {
		return {...changePage(state, {filter: state.filterBefore}), editing: undefined};
	}

	const editing = editFilter(state.editing, key, input);
	return editing === undefined ? state : {...changePage(state, {filter: editing.text}), editing};
}

function changePage(state: ScreenState, change: Partial<Page>): ScreenState {
	const pages: readonly Page[] = [...state.pages.slice(0, -1), {...currentPage(state), ...change}];
	const [first = currentPage(state), ...rest] = pages;
	return {...state, pages: [first, ...rest]};
}

function select(state: ScreenState, {rows, height}: Visible, index: number): ScreenState {
	const selected = Math.max(Math.min(index, rows.length - 1), 0);
	return changePage(state, {
		selectedId: rows[selected]?.id,
		selectedIndex: selected,
		offset: visibleOffset(currentPage(state).offset, selected, rows.length, height),
	});
}

function open(state: ScreenState, {rows}: Visible): ScreenState {
	const row = rows[selectedIndex(currentPage(state), rows)];
	if (row === undefined) {
		return state;
	}

	const inner = pageOf(row);
	// What is being opened stays selected for the way back, though it was only the first row until now.
	const from = changePage(state, {
		selectedId: row.id,
		selectedIndex: selectedIndex(currentPage(state), rows),
	});
	return {...from, pages: [...from.pages, inner]};
}

/** What is inside of a row, below its charts. */
function pageOf(row: Row): Page {
	const {id, name} = row;
	switch (row.kind) {
		case 'node':
			return page('containers', {nodeId: id}, {level: 'nodes', id, name});
		case 'pod':
			return page('containers', {podId: id}, {level: 'pods', id, name});
		case 'container':
			return page(undefined, {}, {level: 'containers', id, name});
		case 'namespace':
			return page('pods', {namespace: name}, {level: 'namespaces', id, name});
		case 'tree':
			return pageOf(row.of);
	}
}

/** Shows what is in the selected row of a tree; steps into it where that is shown already. */
function expand(state: ScreenState, visible: Visible): ScreenState {
	const index = selectedIndex(currentPage(state), visible.rows);
	const row = visible.rows[index];
	if (row?.kind !== 'tree' || row.isOpen === undefined) {
		return open(state, visible);
	}

	return row.isOpen ? select(state, visible, index + 1) : setOpen(state, row.id, true);
}

/** Hides what is in the selected row; where nothing is shown of it, goes to what it is in. */
function collapse(state: ScreenState, visible: Visible): ScreenState {
	const index = selectedIndex(currentPage(state), visible.rows);
	const row = visible.rows[index];
	if (row?.kind !== 'tree') {
		return back(state);
	}

	if (row.isOpen === true && currentPage(state).tree.open.has(row.id)) {
		return setOpen(state, row.id, false);
	}

	const around = visible.rows.findLastIndex(
		(other, place) => place < index && other.kind === 'tree' && other.depth < row.depth,
	);
	return around === -1 ? back(state) : select(state, visible, around);
}

function setOpen(state: ScreenState, id: string, isOpen: boolean): ScreenState {
	const {tree} = currentPage(state);
	const open = new Set(tree.open);
	if (isOpen) {
		open.add(id);
	} else {
		open.delete(id);
	}

	return changePage(state, {tree: {...tree, open}, selectedId: id});
}

/** From all namespaces to that of the selected row and back, on every level from then on. */
function switchNamespace(state: ScreenState, {rows}: Visible): ScreenState {
	const [first] = state.pages;
	const row = rows[selectedIndex(currentPage(state), rows)];
	const namespace = first.scope.namespace === undefined && row ? namespaceOf(row) : undefined;
	if (namespace === first.scope.namespace) {
		return state;
	}

	// Of one namespace its pods are worth looking at; the nodes' and namespaces' own rows do not change.
	const level = first.level === 'nodes' || first.level === 'namespaces' ? 'pods' : (first.level ?? 'pods');
	const kept = namespace === undefined ? first.level : level;
	return {
		...state,
		pages: [
			{
				...page(kept, {namespace}, undefined),
				tree: first.tree,
				sort: kept === first.level ? first.sort : BY_CPU,
			},
		],
	};
}

function namespaceOf(row: Row): string | undefined {
	switch (row.kind) {
		case 'node':
			return undefined;
		case 'pod':
			return row.namespace;
		case 'container':
			return row.pod?.namespace;
		case 'namespace':
			return row.name;
		case 'tree':
			return namespaceOf(row.of);
	}
}

/** Esc closes what was opened last: the page, the filter, then the look into the past. */
function back(state: ScreenState): ScreenState {
	if (state.pages.length > 1) {
		const [first, ...rest] = state.pages;
		return {...state, pages: [first, ...rest.slice(0, -1)]};
	}

	return currentPage(state).filter === '' ? {...state, cursor: 'live'} : changePage(state, {filter: ''});
}

function goToLevel(state: ScreenState, level: Level | undefined): ScreenState {
	if (level === undefined) {
		return state;
	}

	const [first] = state.pages;
	if (first.level !== level) {
		const next = page(level, {namespace: first.scope.namespace}, undefined);
		return {...state, pages: [{...next, tree: first.tree}]};
	}

	// The key of the tree, pressed again, plants it the other way round.
	const isTurned = level === 'tree' && state.pages.length === 1;
	const by = first.tree.by === 'nodes' ? 'namespaces' : 'nodes';
	return {...state, pages: [isTurned ? {...first, tree: {...first.tree, by}} : first]};
}

function nextLevel(state: ScreenState, by: number): Level | undefined {
	const index = LEVELS.indexOf(state.pages[0].level ?? 'nodes');
	return LEVELS[(index + by + LEVELS.length) % LEVELS.length];
}

function sortBy(state: ScreenState, column: string, {sortable}: Visible): ScreenState {
	if (!sortable.includes(column)) {
		return state;
	}

	const {sort} = currentPage(state);
	const isDescending = sort.column === column ? !sort.isDescending : !TEXT_COLUMNS.has(column);
	return changePage(state, {sort: {column, isDescending}});
}

function sortNext(state: ScreenState, by: number, {sortable}: Visible): ScreenState {
	const index = sortable.indexOf(currentPage(state).sort.column);
	const column = sortable[(index + by + sortable.length) % Math.max(sortable.length, 1)];
	return column === undefined
		? state
		: changePage(state, {sort: {column, isDescending: !TEXT_COLUMNS.has(column)}});
}

function step(cursor: Cursor, by: number, {nowMs, span, stepMs}: Visible): Cursor {
	if (span === undefined) {
		return cursor;
	}

	const fromMs = cursor === 'live' ? nowMs : cursor.atMs;
	const atMs = fromMs + by * stepMs;
	// Stepping past the newest sample is stepping into the present.
	return atMs >= nowMs || (by > 0 && atMs > span.newestMs) ? 'live' : {atMs: Math.max(atMs, span.oldestMs)};
}

function nextWindow(windowMs: number | undefined, limitMs: number): number | undefined {
	const windows = WINDOWS_MS.filter(known => known <= limitMs);
	const index = windowMs === undefined ? -1 : windows.indexOf(windowMs);
	return windows[index + 1];
}
