import {stripVTControlCharacters} from 'node:util';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {columnsOf} from '../../../../source/metrics/columns/columns.ts';
import type {PodRow} from '../../../../source/metrics/model/row.ts';
import type {View} from '../../../../source/metrics/model/view.ts';
import {type RowOptions, rowLine} from '../../../../source/ui/draw/table/row-line.ts';
import {changePage} from '../../../../source/ui/state/page.ts';
import {act} from '../../../../source/ui/state/reduce.ts';
import {NO_MEMORY} from '../../../../source/ui/state/screen-memory.ts';
import type {ScreenState} from '../../../../source/ui/state/screen-state.ts';
import {createTheme} from '../../../../source/ui/theme/theme.ts';
import {shownTable} from '../../../../source/ui/view/shown-table.ts';
import {rowOfLine, rowsInWindow, tableWindow} from '../../../../source/ui/view/table-window.ts';
import {podRow} from '../../../metrics/rows.ts';
import {showing, startingAt} from '../../state/states.ts';

function viewOf(rows: readonly PodRow[]): View {
	return {level: 'pods', columns: columnsOf('pods'), rows, total: rows.length, atMs: 0};
}

const OPTIONS: RowOptions = {
	nowMs: 0,
	atMs: 0,
	staleAfterMs: 30_000,
	theme: createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'}),
	windowOf: points => ({points, stepMs: 1000, endMs: 0}),
	history: (_row, _series, {points}) => new Float64Array(points).fill(Number.NaN),
};

const pods = (count: number): readonly PodRow[] =>
	Array.from({length: count}, (_, index) => podRow(`pod-${index}`));
const marking = (...names: readonly string[]): ScreenState => ({
	...changePage(startingAt('pods'), {sort: {column: 'name', isDescending: false}}),
	marked: new Set(names.map(name => `id-${name}`)),
	memory: {...NO_MEMORY, columns: {pods: ['name']}},
});
/** The lines of a table in the given state. */
function table(rows: readonly PodRow[], state: ScreenState, height: number): readonly string[] {
	const shown = shownTable(state, viewOf(rows), {width: 80, height, hasInventory: true});
	return shown.rows.map((row, line) => {
		const isSelected = rowOfLine(line, shown.window) === shown.window.selected;
		const isMarked = state.marked.has(row.id);
		const text = rowLine(shown.layout, row, {isSelected, isMarked}, OPTIONS);
		return stripVTControlCharacters(text).trimEnd();
	});
}

describe('a table', () => {
	test('shows both the selection and the mark of a row', () => {
		expect(table(pods(3), marking('pod-0', 'pod-1'), 9).slice(0, 3)).toEqual([
			'▸*pod-0',
			'* pod-1',
			'  pod-2',
		]);
	});

	test('keeps marked rows at the top while the others scroll', () => {
		const rows = pods(20);
		const moved = act(marking('pod-0', 'pod-1'), {type: 'move', by: 12}, showing(rows, {height: 6}));
		expect(table(rows, moved, 6)).toEqual([
			'* pod-0',
			'* pod-1',
			'  pod-9',
			'  pod-10',
			'  pod-11',
			'▸ pod-12',
		]);
	});

	test('uses at most a third of its height for marked rows', () => {
		const rows = pods(20);
		const moved = act(
			marking('pod-0', 'pod-1', 'pod-2', 'pod-3'),
			{type: 'move', by: 12},
			showing(rows, {height: 6}),
		);
		expect(table(rows, moved, 6).filter(line => line.startsWith('*'))).toEqual(['* pod-0', '* pod-1']);
	});

	test('always shows the selected row, and each row at most once and in order', () => {
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
						state = act(state, {type: 'move', by}, showing(rows, {height}));
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
});
