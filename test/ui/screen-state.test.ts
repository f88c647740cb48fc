import {describe, expect, test} from 'vitest';
import type {Row} from '../../source/metrics/row.ts';
import type {Action} from '../../source/ui/keymap.ts';
import {NO_MEMORY} from '../../source/ui/screen-memory.ts';
import {
	act,
	currentPage,
	initialState,
	type ScreenState,
	selectedIndex,
	typeFilter,
	type Visible,
	visibleOffset,
} from '../../source/ui/screen-state.ts';
import {containerRow, namespaceRow, nodeRow, podRow} from '../metrics/rows.ts';

const START = initialState('nodes', {
	sort: undefined,
	filter: undefined,
	namespace: undefined,
	memory: NO_MEMORY,
});

const visible = (names: readonly string[], known: Partial<Visible> = {}): Visible => ({
	rows: names.map(name => nodeRow(name)),
	sortable: ['name', 'cpu', 'memory', 'state'],
	shownColumns: () => ['name', 'cpu', 'memory', 'state'],
	height: 3,
	nowMs: 100_000,
	span: {oldestMs: 50_000, newestMs: 99_000},
	stepMs: 10_000,
	windowLimitMs: 900_000,
	choosable: {all: ['name', 'cpu', 'memory', 'state', 'psi-cpu'], usual: ['name', 'cpu', 'memory', 'state']},
	vocabulary: {
		columns: [
			{id: 'name', isNumber: false},
			{id: 'state', isNumber: false},
			{id: 'cpu', isNumber: true},
		],
		valuesOf: () => ['Running', 'Pending'],
		labels: () => [],
	},
	overlayRest: 0,
	...known,
});

const ROWS = visible(['a', 'b', 'c', 'd', 'e']);

function stateAfter(
	actions: readonly Action[],
	table: Visible = ROWS,
	state: ScreenState = START,
): ScreenState {
	return actions.reduce((before, action) => act(before, action, table), state);
}

const selected = (state: ScreenState, table: Visible = ROWS) => selectedIndex(currentPage(state), table.rows);
const down: Action = {type: 'move', by: 1};

const showing = (...rows: readonly Row[]): Visible => visible([], {rows});

describe('the selection', () => {
	test('is the first row until a key moves it', () => {
		expect(selected(START)).toBe(0);
		expect(currentPage(START).selectedId).toBeUndefined();
	});

	test('moves and stops at both ends', () => {
		expect(selected(stateAfter([down, down]))).toBe(2);
		expect(selected(stateAfter([{type: 'move', by: -1}]))).toBe(0);
		expect(selected(stateAfter([{type: 'last'}, down]))).toBe(4);
		expect(selected(stateAfter([{type: 'page', by: 1}]))).toBe(2);
		expect(selected(stateAfter([{type: 'last'}, {type: 'first'}]))).toBe(0);
	});

	test('stays with its row when the order changes', () => {
		const reordered = visible(['c', 'e', 'b', 'a', 'd']);
		expect(selected(stateAfter([down]), reordered)).toBe(2);
	});

	test('goes to the neighbour when its row is gone', () => {
		const state = stateAfter([down, down]);
		expect(selected(state, visible(['a', 'b', 'd', 'e']))).toBe(2);
		expect(selected(state, visible(['a', 'b']))).toBe(1);
		expect(selected(state, visible([]))).toBe(0);
	});
});

describe('scrolling', () => {
	test.each([
		[0, 0, 10, 3, 0],
		[0, 3, 10, 3, 1],
		[5, 2, 10, 3, 2],
		[5, 6, 10, 3, 5],
		[9, 9, 10, 3, 7],
		[4, 1, 2, 3, 0],
		[0, 0, 0, 3, 0],
	])('from line %d to row %d of %d in %d lines begins at %d', (offset, index, total, height, expected) => {
		expect(visibleOffset(offset, index, total, height, 0)).toBe(expected);
	});
});

describe('opening and going back', () => {
	test('a node opens on its containers, and Esc returns to the same row', () => {
		const inside = stateAfter([down, {type: 'open'}]);
		expect(currentPage(inside)).toMatchObject({
			level: 'containers',
			scope: {nodeId: 'id-b'},
			subject: {level: 'nodes', id: 'id-b', name: 'b'},
		});
		const back = act(inside, {type: 'back'}, ROWS);
		expect(currentPage(back)).toMatchObject({level: 'nodes', selectedId: 'id-b'});
	});

	test('a container opens on its charts, where there is nothing more to open', () => {
		const inside = act(START, {type: 'open'}, showing(containerRow('a')));
		expect(currentPage(inside)).toMatchObject({
			level: undefined,
			subject: {level: 'containers', name: 'shop/web/a'},
		});
		expect(act(inside, {type: 'open'}, visible([]))).toBe(inside);
	});

	test('a namespace opens on its pods, a pod on its containers', () => {
		const namespace = act(START, {type: 'open'}, showing(namespaceRow('a')));
		expect(currentPage(namespace)).toMatchObject({level: 'pods', scope: {namespace: 'a'}});
		expect(currentPage(act(START, {type: 'open'}, showing(podRow('a'))))).toMatchObject({
			level: 'containers',
			scope: {podId: 'id-a'},
		});
	});

	test('Esc at the top drops the filter first, then the look into the past', () => {
		const filtered = {
			...initialState('pods', {sort: undefined, filter: 'web', namespace: undefined, memory: NO_MEMORY}),
			cursor: {atMs: 5},
		};
		const once = act(filtered, {type: 'back'}, ROWS);
		expect([currentPage(once).filter, once.cursor]).toEqual(['', {atMs: 5}]);
		expect(act(once, {type: 'back'}, ROWS).cursor).toBe('live');
	});

	test('Tab goes round the levels, and a number straight to one, out of any page', () => {
		const levels = [1, 1, 1, 1].map(
			(_by, index) =>
				currentPage(stateAfter(Array.from({length: index + 1}, () => ({type: 'next-level', by: 1}) as const)))
					.level,
		);
		expect(levels).toEqual(['pods', 'containers', 'namespaces', 'tree']);
		expect(currentPage(stateAfter([{type: 'next-level', by: -1}])).level).toBe('tree');
		expect(stateAfter([{type: 'open'}, {type: 'level', index: 2}]).pages).toMatchObject([
			{level: 'containers'},
		]);
	});
});

describe('sorting', () => {
	test('begins with the busiest, and by the same column again turns round', () => {
		const byMemory = stateAfter([{type: 'sort-by', column: 'memory'}]);
		expect(currentPage(byMemory).sort).toEqual({column: 'memory', isDescending: true});
		expect(currentPage(act(byMemory, {type: 'sort-by', column: 'memory'}, ROWS)).sort.isDescending).toBe(
			false,
		);
	});

	test('goes from column to column, text from A on', () => {
		expect(currentPage(stateAfter([{type: 'sort-next', by: -1}])).sort).toEqual({
			column: 'name',
			isDescending: false,
		});
		expect(currentPage(stateAfter([{type: 'sort-next', by: 1}])).sort).toEqual({
			column: 'memory',
			isDescending: true,
		});
		expect(currentPage(stateAfter([{type: 'reverse'}])).sort).toEqual({column: 'cpu', isDescending: false});
	});

	test('by a column that this level has not changes nothing, and says so', () => {
		const message = 'this table has no column rx to sort by';
		expect(stateAfter([{type: 'sort-by', column: 'rx'}])).toEqual({...START, message});
	});
});

describe('time', () => {
	test('stands still on pause, and runs again after it', () => {
		const paused = stateAfter([{type: 'pause'}]);
		expect(paused.cursor).toEqual({atMs: 100_000});
		expect(act(paused, {type: 'pause'}, ROWS).cursor).toBe('live');
	});

	test('steps back by an interval, no further than the rings, and forth into the present', () => {
		const back: Action = {type: 'step', by: -1};
		expect(stateAfter([back]).cursor).toEqual({atMs: 90_000});
		expect(stateAfter(Array.from({length: 9}, () => back)).cursor).toEqual({atMs: 50_000});
		expect(stateAfter([back, {type: 'step', by: 1}]).cursor).toBe('live');
	});

	test('does not step where nothing was read yet', () => {
		expect(stateAfter([{type: 'step', by: -1}], visible([], {span: undefined})).cursor).toBe('live');
	});

	test('windows go up to what the rings hold, then begin anew', () => {
		const windows = [1, 2, 3, 4].map(
			count => stateAfter(Array.from({length: count}, () => ({type: 'window'}) as const)).windowMs,
		);
		expect(windows).toEqual([300_000, 900_000, undefined, 300_000]);
	});

	test('windows say what they cover, and what would give longer ones', () => {
		const messages = [1, 2, 3].map(
			count => stateAfter(Array.from({length: count}, () => ({type: 'window'}) as const)).message,
		);
		expect(messages).toEqual([
			'sparklines and charts cover 5m',
			'sparklines and charts cover 15m',
			'sparklines and charts cover what there is, up to 5m; --window keeps more, --history knows more',
		]);
	});

	test('is gone through with left and right on a page of charts, where nothing can be opened', () => {
		const page = stateAfter([{type: 'open'}], showing(containerRow('n1/c1')));
		const before = act(page, {type: 'collapse'}, showing());
		expect(before.cursor).toEqual({atMs: 90_000});
		expect(before.pages).toHaveLength(2);
		expect(act(before, {type: 'expand'}, showing()).cursor).toBe('live');
	});
});

describe('the filter', () => {
	const type = (state: ScreenState, ...keys: ReadonlyArray<readonly [string, string]>): ScreenState =>
		keys.reduce((before, [key, input]) => typeFilter(before, key, input, ROWS), state);
	const editing = stateAfter([{type: 'filter'}]);

	test('filters while it is typed, and Enter keeps it', () => {
		const typed = type(editing, ['w', 'w'], ['e', 'e']);
		expect(currentPage(typed).filter).toBe('we');
		const kept = type(typed, ['enter', '']);
		expect([kept.editing, currentPage(kept).filter]).toEqual([undefined, 'we']);
	});

	test('Esc brings back the one before', () => {
		const before = initialState('nodes', {
			sort: undefined,
			filter: 'old',
			namespace: undefined,
			memory: NO_MEMORY,
		});
		const dropped = type(act(before, {type: 'filter'}, ROWS), ['x', 'x'], ['esc', '']);
		expect([dropped.editing, currentPage(dropped).filter]).toEqual([undefined, 'old']);
	});
});

describe('what lies over the table', () => {
	test('is toggled by its own key, read on where it is longer than its place, and closed by any other', () => {
		const help = stateAfter([{type: 'help'}]);
		expect(help.overlay).toBe('help');
		expect(act(help, {type: 'help'}, ROWS).overlay).toBeUndefined();
		expect(act(help, {type: 'explain'}, ROWS).overlay).toBe('explain');
		const scrolled = act(help, down, {...ROWS, overlayRest: 5});
		expect([scrolled.overlay, scrolled.overlayOffset]).toEqual(['help', 1]);
		const closed = act(help, down, ROWS);
		expect([closed.overlay, selected(closed)]).toEqual([undefined, 0]);
	});
});

describe('a tree', () => {
	const tree = stateAfter([{type: 'level', index: 4}]);
	const row = (name: string, depth: number, isOpen: boolean | undefined): Row => ({
		kind: 'tree',
		id: `id-${name}`,
		name,
		depth,
		isOpen,
		of: depth === 0 ? nodeRow(name) : depth === 1 ? podRow(name) : containerRow(name),
	});
	const closed = showing(row('n1', 0, false), row('n2', 0, false));
	const opened = showing(row('n1', 0, true), row('web', 1, false), row('n2', 0, false));
	const open = (state: ScreenState) => [...currentPage(state).tree.open];

	test('unfolds the selected row, and then steps into it', () => {
		const unfolded = act(tree, {type: 'expand'}, closed);
		expect(open(unfolded)).toEqual(['id-n1']);
		expect(selected(act(unfolded, {type: 'expand'}, opened), opened)).toBe(1);
	});

	test('goes from a row to what it is in, and folds that', () => {
		const inside = act(act(act(tree, {type: 'expand'}, closed), down, opened), {type: 'collapse'}, opened);
		expect(selected(inside, opened)).toBe(0);
		expect(open(act(inside, {type: 'collapse'}, opened))).toEqual([]);
	});

	test('opens the page of the row on Enter', () => {
		const page = currentPage(act(act(tree, down, opened), {type: 'open'}, opened));
		expect(page).toMatchObject({level: 'containers', scope: {podId: 'id-web'}});
	});

	test('grows the other way round when it is asked for again', () => {
		expect(currentPage(tree).tree.by).toBe('nodes');
		expect(currentPage(act(tree, {type: 'level', index: 4}, closed)).tree.by).toBe('namespaces');
	});

	test('keeps what is open while other levels are looked at', () => {
		const away = act(act(tree, {type: 'expand'}, closed), {type: 'level', index: 1}, closed);
		expect(open(act(away, {type: 'level', index: 4}, closed))).toEqual(['id-n1']);
	});
});

describe('the whole cluster', () => {
	test('is a page of its own above the nodes, from anywhere, and leads back to them', () => {
		const pods = act(START, {type: 'level', index: 1}, ROWS);
		const page = act(pods, {type: 'cluster'}, ROWS);
		expect(page.pages.map(({level, subject}) => [level, subject?.level])).toEqual([
			['nodes', undefined],
			['nodes', 'cluster'],
		]);
		expect(act(page, {type: 'back'}, ROWS).pages).toHaveLength(1);
		expect(act(page, {type: 'open'}, ROWS).pages.map(({subject}) => subject?.level)).toEqual([
			undefined,
			'cluster',
			'nodes',
		]);
	});
});

describe('the namespace', () => {
	test('is that of the selected row, on every level from then on, until it is asked for again', () => {
		const pods = stateAfter([{type: 'level', index: 1}]);
		const shown = showing(podRow('web', {namespace: 'shop'}));
		const narrowed = act(pods, {type: 'namespace'}, shown);
		expect(currentPage(narrowed).scope).toEqual({namespace: 'shop'});
		expect(currentPage(act(narrowed, {type: 'level', index: 2}, shown)).scope).toEqual({namespace: 'shop'});
		expect(currentPage(act(narrowed, {type: 'namespace'}, shown)).scope).toEqual({namespace: undefined});
	});

	test('of a namespace’s row shows its pods', () => {
		const narrowed = act(
			stateAfter([{type: 'level', index: 3}]),
			{type: 'namespace'},
			showing(namespaceRow('web')),
		);
		expect(currentPage(narrowed)).toMatchObject({level: 'pods', scope: {namespace: 'web'}});
	});

	test('cannot be told of a node', () => {
		const message = 'this row is in no namespace: N narrows to that of a pod or a container';
		expect(act(START, {type: 'namespace'}, showing(nodeRow('n1')))).toEqual({...START, message});
	});
});
