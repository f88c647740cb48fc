import type {Row} from '../metrics/row.ts';
import type {Cursor, Level, ListLevel, Scope, TreeShape} from '../metrics/view.ts';
import {type Choice, type Chooser, chooseColumns, openChooser} from './column-chooser.ts';
import {completeFilter, sharedBeginning, type Vocabulary} from './complete-filter.ts';
import {editFilter, type FilterLine, filterLine} from './filter-line.ts';
import {formatInterval} from './format/numbers.ts';
import type {Action} from './keymap.ts';
import {type ScreenMemory, withFilter} from './screen-memory.ts';

export type SortOrder = {readonly column: string; readonly isDescending: boolean};

/** What is looked at: a table, and above it the charts of what it is the inside of. */
export type Page = {
	/** The table's level; undefined on a container's page, which has charts alone. */
	readonly level: Level | undefined;
	readonly scope: Scope;
	readonly subject:
		| {readonly level: ListLevel | 'cluster'; readonly id: string; readonly name: string}
		| undefined;
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
	/** Whether the selection stays at its place on the screen, whatever row comes there. */
	readonly isPinned: boolean;
};

export type ScreenState = {
	/** The last is on the screen; going back takes it away. */
	readonly pages: readonly [Page, ...Page[]];
	readonly cursor: Cursor;
	/** Time that sparklines and charts cover; undefined: as much as there is, up to five minutes. */
	readonly windowMs: number | undefined;
	readonly overlay: 'help' | 'explain' | 'events' | undefined;
	/** First line of the overlay that is shown. */
	readonly overlayOffset: number;
	readonly editing: FilterLine | undefined;
	/** Which of the filters of before stands in the line; undefined for what is being typed. */
	readonly recalled: number | undefined;
	/** Columns being chosen. */
	readonly chooser: Chooser | undefined;
	/** Ids of rows that stay on top. */
	readonly marked: ReadonlySet<string>;
	/** Whether figures take the room of sparklines. */
	readonly isWide: boolean;
	/** Whether facts take the place of the charts. */
	readonly hasDetails: boolean;
	/** What the last key led to, until the next. */
	readonly message: string | undefined;
	readonly memory: ScreenMemory;
	/** The filter before it was edited, for Esc. */
	readonly filterBefore: string;
};

/** What the screen shows when a key is pressed: actions work on that and on nothing else. */
export type Visible = {
	readonly rows: readonly Row[];
	/** Ids of the columns that can be sorted by. */
	readonly sortable: readonly string[];
	/** Ids of those that there is room for, as they stand. */
	readonly shownColumns: () => readonly string[];
	/** Ids of all columns of the table, and of those that are shown by themselves. */
	readonly choosable: Choice;
	/** What a filter may be completed with. */
	readonly vocabulary: Vocabulary;
	/** Lines of the overlay beyond what fits. */
	readonly overlayRest: number;
	readonly height: number;
	readonly nowMs: number;
	readonly span: {readonly oldestMs: number; readonly newestMs: number} | undefined;
	/** How far a step through time goes. */
	readonly stepMs: number;
	readonly windowLimitMs: number;
};

const OVERLAYS: ReadonlySet<string> = new Set(['help', 'explain', 'events']);
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
	'route',
	'volume',
	'oom',
]);
export const WINDOWS_MS: readonly number[] = [
	300_000, 900_000, 3_600_000, 21_600_000, 86_400_000, 604_800_000,
];

function page(level: Level | undefined, scope: Scope, subject: Page['subject'], memory: ScreenMemory): Page {
	return {
		level,
		scope,
		subject,
		sort: (level && memory.sorts[level]) ?? BY_CPU,
		tree: {by: 'nodes', open: new Set()},
		filter: '',
		selectedId: undefined,
		selectedIndex: 0,
		offset: 0,
		isPinned: false,
	};
}

export function initialState(
	level: ListLevel,
	options: {
		readonly sort: SortOrder | undefined;
		readonly filter: string | undefined;
		readonly namespace: string | undefined;
		readonly memory: ScreenMemory;
	},
): ScreenState {
	const {memory} = options;
	const first = page(level, {namespace: options.namespace}, undefined, memory);
	return {
		pages: [{...first, sort: options.sort ?? first.sort, filter: options.filter ?? ''}],
		cursor: 'live',
		windowMs: undefined,
		overlay: undefined,
		overlayOffset: 0,
		editing: undefined,
		recalled: undefined,
		chooser: undefined,
		marked: new Set(),
		isWide: false,
		hasDetails: false,
		message: undefined,
		memory,
		filterBefore: '',
	};
}

export function currentPage({pages}: ScreenState): Page {
	return pages.at(-1) ?? pages[0];
}

/** Where the selected row is now: by its identity, or at its old place when it is gone. */
export function selectedIndex(
	{selectedId, selectedIndex: last, isPinned}: Page,
	rows: ReadonlyArray<{readonly id: string}>,
): number {
	const index = selectedId === undefined || isPinned ? -1 : rows.findIndex(({id}) => id === selectedId);
	return index === -1
		? Math.min(selectedId === undefined && !isPinned ? 0 : last, Math.max(rows.length - 1, 0))
		: index;
}

/**
 * Marked rows that stay at the top of a table while the others move below them: no more than a third of its height. The
 * first rows of a table are those that are marked, but for a tree's.
 */
export function pinnedRows(marked: ReadonlySet<string>, rows: readonly Row[], height: number): number {
	const most = Math.floor(height / 3);
	const first = rows.slice(0, most).findIndex(({id, kind}) => kind === 'tree' || !marked.has(id));
	return first === -1 ? Math.min(most, rows.length) : first;
}

/**
 * The first row to show so that the selected one is on the screen, moving no further than needed; the first lines show
 * the pinned rows in place of theirs.
 */
export function visibleOffset(
	offset: number,
	selected: number,
	total: number,
	height: number,
	pinned: number,
): number {
	const least = Math.max(selected - height + 1, 0);
	const most = Math.max(Math.min(selected - pinned, total - height), 0);
	return Math.min(Math.max(offset, least), Math.max(most, least));
}

/** The state after an action; actions that are not the state's business leave it as it is. */
export function act(before: ScreenState, action: Action, visible: Visible): ScreenState {
	const state = before.message === undefined ? before : {...before, message: undefined};
	if (state.overlay !== undefined && !OVERLAYS.has(action.type)) {
		return actOnOverlay(state, action, visible);
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
		case 'collapse':
			return sideways(state, action.type, visible);
		case 'back':
			return back(state);
		case 'level':
			return goToLevel(state, LEVELS[action.index]);
		case 'cluster':
			return openCluster(state);
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
			return sorted(state, {...sort, isDescending: !sort.isDescending});
		}

		case 'pause':
			return {...state, cursor: state.cursor === 'live' ? {atMs: visible.nowMs} : 'live'};
		case 'step':
			return {...state, cursor: step(state.cursor, action.by, visible)};
		case 'window':
			return widen(state, visible.windowLimitMs);
		case 'explain':
		case 'help':
		case 'events':
			return {
				...state,
				overlay: state.overlay === action.type ? undefined : action.type,
				overlayOffset: 0,
			};
		case 'wide':
			return {...state, isWide: !state.isWide};
		case 'details':
			return {...state, hasDetails: !state.hasDetails};
		case 'columns': {
			const {level} = currentPage(state);
			return level === undefined
				? state
				: {...state, chooser: openChooser(visible.choosable, state.memory.columns[level])};
		}

		case 'mark':
			return mark(state, visible);
		case 'unmark':
			return {...state, marked: new Set()};
		case 'follow': {
			const {isPinned} = currentPage(state);
			const selected = selectedIndex(currentPage(state), visible.rows);
			return {
				...changePage(state, {
					isPinned: !isPinned,
					selectedIndex: selected,
					selectedId: visible.rows[selected]?.id,
				}),
				message: isPinned ? 'the selection follows its row' : 'the selection stays at its place',
			};
		}

		case 'hand-over': {
			// Where there are no logs and no shell, the key is vi's.
			const row = visible.rows[selectedIndex(currentPage(state), visible.rows)];
			return action.to === 'logs' && row !== undefined && !isWorkload(row)
				? act(state, {type: 'expand'}, visible)
				: state;
		}

		case 'copy':
		case 'interval':
		case 'redraw':
		case 'suspend':
		case 'quit':
			return state;
	}
}

/** Left and right: in a tree they fold, on a page of charts they go through time, elsewhere they open and go back. */
function sideways(state: ScreenState, to: 'expand' | 'collapse', visible: Visible): ScreenState {
	const {level} = currentPage(state);
	if (level === undefined) {
		return act(state, {type: 'step', by: to === 'expand' ? 1 : -1}, visible);
	}

	if (to === 'expand') {
		return level === 'tree' ? expand(state, visible) : open(state, visible);
	}

	return level === 'tree' ? collapse(state, visible) : back(state);
}

/** What lies over the table can be read on with the moving keys; any other closes it. */
function actOnOverlay(state: ScreenState, action: Action, {overlayRest, height}: Visible): ScreenState {
	const to = scrolledTo(state.overlayOffset, action, height, overlayRest);
	return to === undefined || overlayRest <= 0
		? {...state, overlay: undefined}
		: {...state, overlayOffset: Math.min(Math.max(to, 0), overlayRest)};
}

function scrolledTo(offset: number, action: Action, height: number, rest: number): number | undefined {
	switch (action.type) {
		case 'move':
			return offset + action.by;
		case 'page':
			return offset + action.by * Math.max(height - 1, 1);
		case 'first':
			return 0;
		case 'last':
			return rest;
		default:
			return undefined;
	}
}

/** Whether something runs there that has logs and a shell. */
export function isWorkload(row: Row): boolean {
	switch (row.kind) {
		case 'tree':
			return isWorkload(row.of);
		case 'pod':
			return true;
		case 'container':
			return row.pod !== undefined;
		case 'node':
		case 'namespace':
			return false;
	}
}

function mark(state: ScreenState, visible: Visible): ScreenState {
	const index = selectedIndex(currentPage(state), visible.rows);
	const row = visible.rows[index];
	if (row === undefined) {
		return state;
	}

	const marked = new Set(state.marked);
	if (!marked.delete(row.id)) {
		marked.add(row.id);
	}

	return select({...state, marked}, visible, index + 1);
}

/** The order is remembered for each level. */
function sorted(state: ScreenState, sort: SortOrder): ScreenState {
	const {level} = currentPage(state);
	const {memory} = state;
	return {
		...changePage(state, {sort}),
		memory: level === undefined ? memory : {...memory, sorts: {...memory.sorts, [level]: sort}},
	};
}

/** A key while columns are chosen. */
export function typeChooser(state: ScreenState, key: string, visible: Visible): ScreenState {
	const {level} = currentPage(state);
	if (state.chooser === undefined || level === undefined) {
		return {...state, chooser: undefined};
	}

	const chooser = chooseColumns(state.chooser, key, visible.choosable, Math.max(visible.height - 1, 1));
	if (chooser.isDone) {
		return {...state, chooser: undefined};
	}

	const {[level]: _before, ...others} = state.memory.columns;
	const columns = chooser.chosen === undefined ? others : {...others, [level]: chooser.chosen};
	return {...state, chooser, memory: {...state.memory, columns}};
}

/** A key while the filter is typed; its rows follow with every key. */
export function typeFilter(
	state: ScreenState,
	key: string,
	input: string,
	visible: Pick<Visible, 'vocabulary'>,
): ScreenState {
	if (state.editing === undefined) {
		return state;
	}

	switch (key) {
		case 'enter': {
			const filters = withFilter(state.memory.filters, state.editing.text.trim());
			return {...state, editing: undefined, recalled: undefined, memory: {...state.memory, filters}};
		}

		case 'esc':
		case 'ctrl-c':
			return {
				...changePage(state, {filter: state.filterBefore}),
				editing: undefined,
				recalled: undefined,
			};
		case 'up':
		case 'down':
			return recall(state, key === 'up' ? 1 : -1);
		case 'tab':
			return complete(state, state.editing, visible);
		default: {
			const editing = editFilter(state.editing, key, input);
			return editing === undefined ? state : edited({...state, recalled: undefined}, editing);
		}
	}
}

function edited(state: ScreenState, editing: FilterLine): ScreenState {
	return {...changePage(state, {filter: editing.text}), editing};
}

/** The filters of before, the newest first; below them an empty line. */
function recall(state: ScreenState, by: number): ScreenState {
	const {filters} = state.memory;
	const index = Math.min((state.recalled ?? -1) + by, filters.length - 1);
	return index < 0
		? edited({...state, recalled: undefined}, filterLine(''))
		: edited({...state, recalled: index}, filterLine(filters[index] ?? ''));
}

function complete(
	state: ScreenState,
	{text, cursor}: FilterLine,
	{vocabulary}: Pick<Visible, 'vocabulary'>,
): ScreenState {
	const {start, words} = completeFilter(text, cursor, vocabulary);
	const word = sharedBeginning(words);
	const characters = [...text];
	return word === ''
		? state
		: edited(state, {
				text: [...characters.slice(0, start), word, ...characters.slice(cursor)].join(''),
				cursor: start + [...word].length,
			});
}

function changePage(state: ScreenState, change: Partial<Page>): ScreenState {
	const pages: readonly Page[] = [...state.pages.slice(0, -1), {...currentPage(state), ...change}];
	const [first = currentPage(state), ...rest] = pages;
	return {...state, pages: [first, ...rest]};
}

function select(state: ScreenState, {rows, height}: Visible, index: number): ScreenState {
	const selected = Math.max(Math.min(index, rows.length - 1), 0);
	const pinned = pinnedRows(state.marked, rows, height);
	return changePage(state, {
		selectedId: rows[selected]?.id,
		selectedIndex: selected,
		offset: visibleOffset(currentPage(state).offset, selected, rows.length, height, pinned),
	});
}

function open(state: ScreenState, {rows}: Visible): ScreenState {
	const row = rows[selectedIndex(currentPage(state), rows)];
	if (row === undefined) {
		return state;
	}

	const inner = pageOf(row, state.memory, currentPage(state));
	// What is being opened stays selected for the way back, though it was only the first row until now.
	const from = changePage(state, {
		selectedId: row.id,
		selectedIndex: selectedIndex(currentPage(state), rows),
	});
	return {...from, pages: [...from.pages, inner]};
}

/** What is inside of a row, below its charts. */
function pageOf(row: Row, memory: ScreenMemory, {scope}: Pick<Page, 'scope'>): Page {
	const {id, name} = row;
	switch (row.kind) {
		case 'node':
			return page('containers', {nodeId: id}, {level: 'nodes', id, name}, memory);
		case 'pod':
			return page(
				'containers',
				{podId: id},
				{level: 'pods', id, name: scope.namespace === row.namespace ? name : `${row.namespace}/${name}`},
				memory,
			);
		case 'container':
			// What it is in is said once, on the way or here.
			return page(
				undefined,
				{},
				{
					level: 'containers',
					id,
					name:
						row.pod === undefined || scope.podId !== undefined
							? name
							: `${row.pod.namespace}/${row.pod.name}/${name}`,
				},
				memory,
			);
		case 'namespace':
			return page('pods', {namespace: name}, {level: 'namespaces', id, name}, memory);
		case 'tree':
			return pageOf(row.of, memory, {scope});
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
		return {...state, message: 'this row is in no namespace: N narrows to that of a pod or a container'};
	}

	// Of one namespace its pods are worth looking at; the nodes' and namespaces' own rows do not change.
	const level = first.level === 'nodes' || first.level === 'namespaces' ? 'pods' : (first.level ?? 'pods');
	const kept = namespace === undefined ? first.level : level;
	return {
		...state,
		pages: [
			{
				...page(kept, {namespace}, undefined, state.memory),
				tree: first.tree,
				...(kept === first.level ? {sort: first.sort} : {}),
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
		const next = page(level, {namespace: first.scope.namespace}, undefined, state.memory);
		return {...state, pages: [{...next, tree: first.tree}]};
	}

	// The key of the tree, pressed again, plants it the other way round.
	const isTurned = level === 'tree' && state.pages.length === 1;
	const by = first.tree.by === 'nodes' ? 'namespaces' : 'nodes';
	return {...state, pages: [isTurned ? {...first, tree: {...first.tree, by}} : first]};
}

/** All nodes together above their table; going back leads to the table alone. */
function openCluster(state: ScreenState): ScreenState {
	const nodes = goToLevel(state, 'nodes');
	const inner = page('nodes', {}, {level: 'cluster', id: 'cluster', name: 'cluster'}, state.memory);
	return {...nodes, pages: [nodes.pages[0], inner]};
}

function nextLevel(state: ScreenState, by: number): Level | undefined {
	const index = LEVELS.indexOf(state.pages[0].level ?? 'nodes');
	return LEVELS[(index + by + LEVELS.length) % LEVELS.length];
}

function sortBy(state: ScreenState, column: string, {sortable}: Visible): ScreenState {
	if (!sortable.includes(column)) {
		return {...state, message: `this table has no column ${column} to sort by`};
	}

	const {sort} = currentPage(state);
	const isDescending = sort.column === column ? !sort.isDescending : !TEXT_COLUMNS.has(column);
	return sorted(state, {column, isDescending});
}

/** From column to column as they stand on the screen, so that the mark of the order is seen to move. */
function sortNext(state: ScreenState, by: number, {shownColumns}: Visible): ScreenState {
	const shown = shownColumns();
	const index = shown.indexOf(currentPage(state).sort.column);
	const from = index === -1 && by < 0 ? 0 : index;
	const column = shown[(from + by + shown.length) % Math.max(shown.length, 1)];
	return column === undefined ? state : sorted(state, {column, isDescending: !TEXT_COLUMNS.has(column)});
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

/** The next longer window that there may be figures for; after the longest, as much as there is. */
function widen(state: ScreenState, limitMs: number): ScreenState {
	const windows = WINDOWS_MS.filter(known => known <= limitMs);
	const index = state.windowMs === undefined ? -1 : windows.indexOf(state.windowMs);
	const windowMs = windows[index + 1];
	const more = windows.length < WINDOWS_MS.length ? '; --window keeps more, --history knows more' : '';
	return {
		...state,
		windowMs,
		message:
			windowMs === undefined
				? `sparklines and charts cover what there is, up to 5m${more}`
				: `sparklines and charts cover ${formatInterval(windowMs)}`,
	};
}
