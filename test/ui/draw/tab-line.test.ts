import {stripVTControlCharacters} from 'node:util';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {columnsOf} from '../../../source/metrics/columns/columns.ts';
import {LEVELS} from '../../../source/metrics/model/levels.ts';
import type {Row} from '../../../source/metrics/model/row.ts';
import type {Level, View} from '../../../source/metrics/model/view.ts';
import {drawTabs} from '../../../source/ui/draw/tab-line.ts';
import {widthOf} from '../../../source/ui/format/width.ts';
import {currentPage} from '../../../source/ui/state/page.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import type {ScreenState} from '../../../source/ui/state/screen-state.ts';
import {createTheme} from '../../../source/ui/theme/theme.ts';
import {COUNTS} from '../../metrics/cluster-row.ts';
import {containerRow, nodeRow} from '../../metrics/rows.ts';
import {NOTHING, START, showing} from '../state/states.ts';

const theme = createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'});

const at = (level: (typeof LEVELS)[number]): ScreenState =>
	act(START, {type: 'level', index: LEVELS.indexOf(level)}, NOTHING);
const inside = (row: Row): ScreenState => act(START, {type: 'open'}, showing([row]));
const viewOf = (level: Level, total: number): View => ({level, columns: [], rows: [], total, atMs: 0});
const tabs = (state: ScreenState, width: number, total = 24): string =>
	stripVTControlCharacters(
		drawTabs(state, viewOf(currentPage(state).level ?? 'nodes', total), COUNTS, '5m', width, theme),
	);

describe('the tabs', () => {
	test.each([
		[
			120,
			/ 1 Nodes 24 {2}2 Pods 640 {2}3 Containers 1300 {2}4 Namespaces 8 {2}5 Tree {2}6 Workloads .*24 nodes $/,
		],
		[
			100,
			/^ 1 Nodes {2}2 Pods {2}3 Containers {2}4 Namespaces {2}5 Tree {2}6 Workloads +sort cpu {2}24 nodes $/,
		],
		[80, /^ 1 Nodes {2}2 Pods {2}3 Cont {2}4 NS {2}5 Tree {2}6 Work +sort cpu {2}24 nodes $/],
		[60, /^ 1 Nodes {2}2 Pods {2}3 Cont {2}4 NS {2}5 Tree {2}6 Work +24 nodes $/],
	])('shorten their names and counts to fit into %i cells', (width, text) => {
		expect(tabs(START, width)).toMatch(text);
	});

	test('are the same on every page', () => {
		const counted = / 1 Nodes 24 {2}2 Pods 640 {2}3 Containers 1300 {2}4 Namespaces 8 {2}5 Tree /;
		for (const level of LEVELS) {
			expect(tabs(at(level), 130)).toMatch(counted);
		}
	});

	test('leave out the sort order first, then shorten the filter, and keep the number of rows', () => {
		const filtered = {
			...START,
			pages: [{...START.pages[0], filter: 'memory%>80 label:app=web'}],
		} as const;
		expect(tabs(filtered, 153)).toContain('sort cpu  filter “memory%>80 label:app=web” 0 of 24 nodes');
		expect(tabs(filtered, 131)).toMatch(/Workloads +filter “memory%>80 label:app=web” 0 of 24 nodes $/);
		expect(tabs(filtered, 123)).toMatch(/Workloads +filter “memory%>80 label:…” 0 of 24 nodes $/);
		expect(tabs(filtered, 80)).toContain('6 Work  filter “memory%…” 0 of 24 nodes ');
	});

	test.each([
		['', undefined, 5, '5 rows'],
		['web', undefined, 5, '5 rows'],
		['web', undefined, 1, '1 row'],
		['', {of: 'pods', key: 'namespace'}, 5, '2 groups'],
		['web', {of: 'pods', key: 'namespace'}, 5, '5 rows'],
	] as const)(
		'count the lines of a tree, with the filter “%s” and groups %o',
		(filter, grouping, lines, count) => {
			const rows = Array.from({length: lines}, (_, index) => nodeRow(`n${index}`));
			const page = {
				...currentPage(at('tree')),
				filter,
				tree: {by: grouping ?? ('nodes' as const), open: new Set<string>()},
			};
			const state: ScreenState = {...START, pages: [page]};
			const view: View = {...viewOf('tree', 2), rows};
			expect(stripVTControlCharacters(drawTabs(state, view, COUNTS, '5m', 200, theme))).toMatch(
				new RegExp(` ${count} $`),
			);
		},
	);

	test('say that rows are not ready', () => {
		const view: View = {...viewOf('nodes', 24), isPending: true};
		expect(drawTabs(START, view, COUNTS, '5m', 120, theme)).toMatch(/working… 24 nodes $/);
		expect(drawTabs(START, view, COUNTS, '5m', 84, theme)).toMatch(/working… 24 nodes $/);
	});

	test.each([
		['nodes', 'name', false, 'sort name  '],
		['nodes', 'name', true, 'sort name (reversed)  '],
		['nodes', 'cpu', true, 'sort cpu  '],
		['nodes', 'cpu', false, 'sort cpu (smallest first)  '],
		['problems', 'level', false, 'sort level  '],
	] as const)('say of %s by %s where the order is not the usual one', (level, column, isDescending, said) => {
		const state: ScreenState = {...START, pages: [{...START.pages[0], level, sort: {column, isDescending}}]};
		const view: View = {...viewOf(level, 24), columns: columnsOf(level) as View['columns']};
		expect(stripVTControlCharacters(drawTabs(state, view, COUNTS, '5m', 140, theme))).toContain(said);
	});

	test('name the namespaces that are shown', () => {
		const within = (...namespaces: readonly string[]): ScreenState => ({
			...START,
			pages: [{...START.pages[0], scope: {namespaces}}],
		});
		expect(tabs(within('shop'), 133)).toContain('namespace shop  sort cpu');
		expect(tabs(within('shop', 'web'), 153)).toContain('namespaces shop,web  sort cpu');
	});

	test('name the window of statistics, in few cells without a word', () => {
		const state = {...START, hasStatistics: true};
		expect(tabs(state, 140)).toContain('sort cpu  last 5m  24 nodes');
		expect(tabs(state, 80)).toMatch(/ 5m {2}24 nodes $/);
		expect(tabs(act(state, {type: 'form', form: 'map'}, NOTHING), 140)).not.toContain('5m');
	});

	test('are exactly as wide as their line', () => {
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
