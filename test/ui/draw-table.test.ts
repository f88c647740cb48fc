import {stripVTControlCharacters} from 'node:util';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {columnsOf} from '../../source/metrics/columns.ts';
import type {PodRow} from '../../source/metrics/row.ts';
import type {View} from '../../source/metrics/view.ts';
import {currentPage} from '../../source/ui/state/page.ts';
import {act} from '../../source/ui/state/reduce.ts';
import {NO_MEMORY} from '../../source/ui/state/screen-memory.ts';
import {initialState, type ScreenState} from '../../source/ui/state/screen-state.ts';
import type {Visible} from '../../source/ui/state/visible.ts';
import {drawTable, layoutOf, type TableOptions} from '../../source/ui/table/draw-table.ts';
import {rowOfLine, rowsInWindow, tableWindow} from '../../source/ui/table-window.ts';
import {createTheme} from '../../source/ui/theme/theme.ts';
import {podRow} from '../metrics/rows.ts';

const START = initialState('pods', {
	sort: undefined,
	filter: undefined,
	namespace: undefined,
	memory: NO_MEMORY,
});

function viewOf(rows: readonly PodRow[]): View {
	return {level: 'pods', columns: columnsOf('pods'), rows, total: rows.length, atMs: 0} as unknown as View;
}

function visible(rows: readonly PodRow[], height: number): Visible {
	return {
		rows,
		sortable: [],
		shownColumns: () => [],
		choosable: {all: [], usual: []},
		vocabulary: {columns: [], valuesOf: () => [], labels: () => []},
		overlayRest: 0,
		height,
		nowMs: 0,
		span: undefined,
		stepMs: 1000,
		windowLimitMs: 900_000,
	};
}

function optionsOf(rows: readonly PodRow[], state: ScreenState, height: number, width = 80): TableOptions {
	return {
		...tableWindow(state, rows, height),
		view: viewOf(rows),
		sort: currentPage(state).sort,
		width,
		height,
		nowMs: 0,
		staleAfterMs: 30_000,
		theme: createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'}),
		windowOf: points => ({points, stepMs: 1000, endMs: 0}),
		windowLabel: '5m',
		seamOf: () => undefined,
		history: (_row, _series, {points}) => new Float64Array(points).fill(Number.NaN),
		hasInventory: true,
		chosen: ['name'],
		isWide: false,
		marked: state.marked,
	};
}

const pods = (count: number): readonly PodRow[] =>
	Array.from({length: count}, (_, index) => podRow(`pod-${index}`));
const marking = (...names: readonly string[]): ScreenState => ({
	...START,
	marked: new Set(names.map(name => `id-${name}`)),
});
const table = (rows: readonly PodRow[], state: ScreenState, height: number): readonly string[] =>
	drawTable(optionsOf(rows, state, height))
		.slice(1)
		.map(line => stripVTControlCharacters(line).trimEnd());

describe('a table', () => {
	test('shows of a row both that it is selected and that it is marked', () => {
		expect(table(pods(3), marking('pod-0', 'pod-1'), 9).slice(0, 3)).toEqual([
			'▸*pod-0',
			'* pod-1',
			'  pod-2',
		]);
	});

	test('keeps marked rows at its top while the others move', () => {
		const rows = pods(20);
		const moved = act(marking('pod-0', 'pod-1'), {type: 'move', by: 12}, visible(rows, 6));
		expect(table(rows, moved, 6)).toEqual([
			'* pod-0',
			'* pod-1',
			'  pod-9',
			'  pod-10',
			'  pod-11',
			'▸ pod-12',
		]);
	});

	test('keeps no more of them than a third of its height', () => {
		const rows = pods(20);
		const moved = act(marking('pod-0', 'pod-1', 'pod-2', 'pod-3'), {type: 'move', by: 12}, visible(rows, 6));
		expect(table(rows, moved, 6).filter(line => line.startsWith('*'))).toEqual(['* pod-0', '* pod-1']);
	});

	test('always shows the selected row, each row once, and all in their order', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 1, max: 40}),
				fc.integer({min: 1, max: 20}),
				fc.integer({min: 0, max: 10}),
				fc.array(fc.oneof(fc.integer({min: -30, max: 30})), {maxLength: 8}),
				(count, height, marked, moves) => {
					const rows = pods(count);
					let state = marking(...rows.slice(0, marked).map(({name}) => name));
					for (const by of moves) {
						state = act(state, {type: 'move', by}, visible(rows, height));
					}

					const window = tableWindow(state, rows, height);
					const shown = rowsInWindow(rows, window, height);
					const places = shown.map(row => rows.indexOf(row));
					expect(shown).toHaveLength(Math.min(count, height));
					expect(places).toContain(window.selected);
					expect(places).toEqual([...new Set(places)].sort((one, other) => one - other));
					expect(places).toEqual(places.map((_place, line) => rowOfLine(line, window)));
				},
			),
		);
	});

	test('fills spare room with what some row knows, and with no column of dashes', () => {
		const ids = (row: PodRow): readonly string[] =>
			layoutOf({...optionsOf([row], START, 5, 400), chosen: undefined}, [row]).map(({id}) => id);
		expect(ids(podRow('p'))).not.toContain('ephemeral');
		expect(ids(podRow('p', {ephemeralStorageUsedBytes: 1}))).toContain('ephemeral');
		expect(ids(podRow('p'))).toContain('rss');
	});

	test('shows a chosen column though nothing is known of it', () => {
		const options = {...optionsOf([podRow('p')], START, 5, 80), chosen: ['name', 'cpu', 'psi-memory']};
		expect(layoutOf(options, []).map(({id}) => id)).toContain('psi-memory');
	});
});
