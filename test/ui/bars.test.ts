import {stripVTControlCharacters} from 'node:util';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {ClusterRow} from '../../source/metrics/row.ts';
import type {Level, View} from '../../source/metrics/view.ts';
import {widthOf} from '../../source/ui/format/width.ts';
import {drawFooter, drawTabs} from '../../source/ui/frame/bars.ts';
import {chooserHints} from '../../source/ui/frame/key-hints.ts';
import {cellsOf, tabCounts, tabsOf} from '../../source/ui/frame/tabs.ts';
import {point} from '../../source/ui/point.ts';
import {filterLine} from '../../source/ui/state/filter-line.ts';
import {actionOf} from '../../source/ui/state/keymap.ts';
import {currentPage} from '../../source/ui/state/page.ts';
import {act} from '../../source/ui/state/reduce.ts';
import {NO_MEMORY} from '../../source/ui/state/screen-memory.ts';
import {initialState, type Mode, type ScreenState} from '../../source/ui/state/screen-state.ts';
import type {Visible} from '../../source/ui/state/visible.ts';
import {createTheme} from '../../source/ui/theme/theme.ts';
import {containerRow, nodeRow, podRow} from '../metrics/rows.ts';

const theme = createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'});
const START = initialState('nodes', {
	sort: undefined,
	filter: undefined,
	namespace: undefined,
	memory: NO_MEMORY,
});
const NOTHING: Visible = {
	rows: [],
	sortable: [],
	shownColumns: () => [],
	choosable: {all: [], usual: []},
	vocabulary: {columns: [], valuesOf: () => [], labels: () => []},
	overlayRest: 0,
	height: 10,
	nowMs: 0,
	span: undefined,
	stepMs: 1000,
	windowLimitMs: 900_000,
};
const CLUSTER: ClusterRow = {
	kind: 'cluster',
	nodes: 24,
	nodesRead: 24,
	nodesStored: 0,
	nodesVirtual: 0,
	nodesReady: 24,
	pods: 612,
	containers: 1204,
	cpuCores: undefined,
	cpuCapacityCores: undefined,
	memoryWorkingSetBytes: undefined,
	memoryCapacityBytes: undefined,
	rxBytesPerSecond: undefined,
	txBytesPerSecond: undefined,
	allocatable: {cpuCores: undefined, memoryBytes: undefined},
	requests: {cpuCores: undefined, memoryBytes: undefined},
	limits: {cpuCores: undefined, memoryBytes: undefined},
	fullestFilesystem: undefined,
};

const at = (level: Level): ScreenState =>
	act(
		START,
		{type: 'level', index: ['nodes', 'pods', 'containers', 'namespaces', 'tree'].indexOf(level)},
		NOTHING,
	);
const inside = (row: Visible['rows'][number]): ScreenState =>
	act(START, {type: 'open'}, {...NOTHING, rows: [row]});
const viewOf = (level: Level, total: number): View =>
	({level, columns: [], rows: [], total, atMs: 0}) as unknown as View;
const tabs = (state: ScreenState, width: number, total = 24): string =>
	stripVTControlCharacters(
		drawTabs(state, viewOf(currentPage(state).level ?? 'nodes', total), CLUSTER, '5m', width, theme),
	);

describe('the tabs', () => {
	test.each([
		[
			120,
			/ 1 Nodes 24 {2}2 Pods 612 {2}3 Containers 1204 {2}4 Namespaces {2}5 Tree .* sort cpu {2}24 nodes $/,
		],
		[80, /^ 1 Nodes {2}2 Pods {2}3 Containers {2}4 Namespaces {2}5 Tree .* sort cpu {2}24 nodes $/],
		[60, /^ 1 Node {2}2 Pods {2}3 Cont {2}4 Name {2}5 Tree .*24 nodes $/],
	])('say at %i cells as much as there is room for', (width, text) => {
		expect(tabs(START, width)).toMatch(text);
	});

	test('count what the table shown has, so that both ends of the line say the same', () => {
		expect(tabs(at('pods'), 120, 617)).toMatch(/2 Pods 617 .*617 pods $/);
		expect(tabs(at('namespaces'), 120, 8)).toMatch(/4 Namespaces 8 .*8 namespaces $/);
	});

	test('count nothing of which a namespace is only a part', () => {
		expect(tabCounts(CLUSTER, viewOf('pods', 12), 'shop')).toEqual({nodes: 24, pods: 12});
	});

	test('leave the order out before the filter, and the number of rows last', () => {
		const filtered = {
			...START,
			pages: [{...START.pages[0], filter: 'memory%>80 label:app=web'}],
		} as const;
		expect(tabs(filtered, 140)).toContain('sort cpu  filter “memory%>80 label:app=web” 0 of 24 nodes');
		expect(tabs(filtered, 118)).toMatch(/Tree +filter “memory%>80 label:app=web” 0 of 24 nodes $/);
		expect(tabs(filtered, 110)).toMatch(/Tree +filter “memory%>80 label:ap…” 0 of 24 nodes $/);
		expect(tabs(filtered, 80)).toContain('0 of 24 nodes');
	});

	test('lead to what the mouse is on, at any width', () => {
		fc.assert(
			fc.property(fc.integer({min: 10, max: 200}), fc.nat(199), (columns, cell) => {
				const view = viewOf('nodes', 24);
				const shown = tabsOf(columns, tabCounts(CLUSTER, view, undefined));
				const pointed = point(START, {kind: 'press', line: 3, column: cell}, NOTHING, {
					areas: {header: 3, charts: 0, table: 10},
					view,
					cluster: CLUSTER,
					columns,
					hasInventory: true,
				});
				let start = 0;
				const under = shown.find(({text}) => {
					start += text.length;
					return cell < start;
				});
				const expected = cellsOf(shown) > columns ? undefined : under?.level;
				expect(currentPage(pointed).level).toBe(expected ?? 'nodes');
			}),
		);
	});

	test('fill exactly their line', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 1, max: 200}),
				fc.constantFrom(START, at('tree'), inside(nodeRow('日本語ノード')), inside(containerRow('c'))),
				(width, state) => {
					expect(widthOf(tabs(state, width))).toBe(width);
				},
			),
		);
	});
});

describe('the keys at the foot', () => {
	const footer = (state: ScreenState, width: number): string =>
		stripVTControlCharacters(drawFooter(state, undefined, undefined, [], width, theme));

	test.each([
		[
			'nodes',
			START,
			['/ filter', '< > sort', 'e explain', 'E events', 'o columns', 'x mark'],
			['logs', 'facts', 'back'],
		],
		['pods', at('pods'), ['l logs', 's shell', 'o columns'], ['facts', 'back']],
		['a node', inside(nodeRow('n')), ['Esc back', 'd facts', 'l logs', 's shell', '⏎ open'], []],
		['a pod', inside(podRow('p')), ['Esc back', 'd facts', 'l logs', 's shell'], []],
		[
			'a container',
			inside(containerRow('c')),
			['Esc back', 'd facts', 'l logs', 's shell'],
			['move', 'open', 'filter', 'sort', 'mark'],
		],
	] as const)('of %s are those that do something there', (_what, state, named, others) => {
		const text = footer(state, 180);
		expect(named.filter(key => !text.includes(key))).toEqual([]);
		expect(others.filter(key => text.includes(key))).toEqual([]);
	});

	test('say how the charts come back', () => {
		expect(footer({...inside(nodeRow('n')), hasFacts: true}, 160)).toContain('d charts');
	});

	test('of what lies over the table are those that move it and close it', () => {
		expect(footer({...START, mode: {kind: 'overlay', overlay: 'help', offset: 0}}, 80)).toMatch(
			/read on {2}Esc close {2}\? help {2}q quit/,
		);
	});

	test('of the list of columns are its own', () => {
		const chooser = {items: [], cursor: 0, chosen: undefined, isDone: false};
		const choosing: ScreenState = {...START, mode: {kind: 'chooser', chooser}};
		expect(footer(choosing, 120)).toMatch(/space show or hide .* r usual ones .* Enter done/);
		const told = drawFooter(choosing, undefined, 'no history', [], 120, theme);
		expect(told).toContain('space show or hide');
		expect(chooserHints(20)).toBe('Enter done');
	});

	test('always lead to all others and out, and are never cut, the most useful ones on the narrowest screen', () => {
		const states = [START, at('pods'), at('tree'), inside(nodeRow('n')), inside(containerRow('c'))];
		fc.assert(
			fc.property(fc.constantFrom(...states), fc.integer({min: 16, max: 220}), (state, width) => {
				const text = footer(state, width);
				expect(text).toMatch(/\? help {2}q quit *$/);
				expect(widthOf(text)).toBe(width);
				expect(text).not.toContain('…');
			}),
		);
		expect(footer(at('pods'), 60)).toMatch(/move {2}⏎ open {2}\/ filter {2}l logs/);
		expect(footer(inside(nodeRow('n')), 60)).toMatch(/⏎ open {2}Esc back/);
	});

	test('are those that there are', () => {
		const names = footer(inside(nodeRow('n')), 220)
			.trim()
			.split(/ {2,}/)
			.map(hint => hint.split(' ')[0] ?? '');
		const keys = names.map(name => ({'↑↓': 'up', '⏎': 'enter', Esc: 'esc'})[name] ?? name);
		expect(keys.filter(key => actionOf(key) === undefined)).toEqual([]);
	});
});

describe('a filter that is typed', () => {
	const line = (text: string, cursor: number, width: number): string => {
		const mode: Mode = {
			kind: 'filter',
			line: {...filterLine(text), cursor},
			recalled: undefined,
			before: '',
		};
		return stripVTControlCharacters(drawFooter({...START, mode}, undefined, undefined, [], width, theme));
	};

	test.each([
		['日本語x', 0, '/日本語x'],
		['日本語x', 2, '/日本語x'],
		['日本語x', 4, '/日本語x'],
		['abc', 1, '/abc'],
	])('of “%s” with the cursor at %i loses nothing', (text, cursor, shown) => {
		expect(line(text, cursor, 80).startsWith(shown)).toBe(true);
	});

	test('fills exactly its line, however long it is and wherever the cursor stands', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('日', 'a', ' ', 'é', '語'), {maxLength: 60}),
				fc.nat(60),
				fc.integer({min: 2, max: 80}),
				(characters, cursor, width) => {
					const text = characters.join('');
					expect(widthOf(line(text, Math.min(cursor, characters.length), width))).toBe(width);
				},
			),
		);
	});
});
