import {stripVTControlCharacters} from 'node:util';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {columnsOf} from '../../../source/metrics/columns/columns.ts';
import type {View} from '../../../source/metrics/model/view.ts';
import {headingLine} from '../../../source/ui/draw/table/heading-line.ts';
import {cellsOf, tabsOf} from '../../../source/ui/draw/tabs.ts';
import {currentPage} from '../../../source/ui/state/page.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import type {ScreenState} from '../../../source/ui/state/screen-state.ts';
import {createTheme} from '../../../source/ui/theme/theme.ts';
import {actOnMouse, type MouseTargets} from '../../../source/ui/view/mouse-actions.ts';
import {shownTable} from '../../../source/ui/view/shown-table.ts';
import {COUNTS} from '../../metrics/cluster-row.ts';
import {FIVE, NOTHING, START, selected, stateAfter} from '../state/states.ts';

const viewOf = (rows: View['rows'], total: number): View => ({
	level: 'nodes',
	columns: columnsOf('nodes'),
	rows,
	total,
	atMs: 0,
});

/** Five nodes below a header of three lines and the tabs: the headings are on line 4. */
function shown(state: ScreenState): MouseTargets {
	const view = viewOf(FIVE.rows as View['rows'], 5);
	return {
		areas: {header: 3, charts: 0, table: 4, preview: 0, foot: 1},
		view,
		map: undefined,
		wall: undefined,
		comparison: undefined,
		table: shownTable(state, view, {width: 120, height: 3, hasInventory: false}),
		counts: COUNTS,
		columns: 120,
	};
}

const press = (state: ScreenState, line: number, column = 3): ScreenState =>
	actOnMouse(state, {kind: 'press', line, column}, FIVE, shown(state));

describe('a click', () => {
	test('selects the tab under the mouse at any width', () => {
		fc.assert(
			fc.property(fc.integer({min: 10, max: 200}), fc.nat(199), (columns, cell) => {
				const view = viewOf([], 24);
				const shown = tabsOf(columns, COUNTS);
				const after = actOnMouse(START, {kind: 'press', line: 3, column: cell}, NOTHING, {
					areas: {header: 3, charts: 0, table: 10, preview: 0, foot: 1},
					view,
					counts: COUNTS,
					columns,
					table: undefined,
					map: undefined,
					wall: undefined,
					comparison: undefined,
				});
				let start = 0;
				const under = shown.find(({text}) => {
					start += text.length;
					return cell < start;
				});
				const expected = cellsOf(shown) > columns ? undefined : under?.level;
				expect(currentPage(after).level).toBe(expected ?? 'nodes');
			}),
		);
	});

	test('selects a row, and opens the one that is selected', () => {
		const second = press(START, 6);
		expect(selected(second)).toBe(1);
		expect(currentPage(press(second, 6)).subject).toMatchObject({id: 'id-b'});
	});

	test('selects the row under the mouse in a scrolled table', () => {
		const last = stateAfter([{type: 'last'}]);
		expect(selected(press(last, 5))).toBe(2);
	});

	test('sorts by a heading', () => {
		expect(currentPage(press(START, 4)).sort.column).toBe('name');
	});

	test('sorts by the column whose heading is drawn under the mouse', () => {
		const {table} = shown(START);
		const theme = createTheme({name: 'terminal', colors: 'none', symbols: 'ascii'});
		const windowOf = (points: number) => ({points, stepMs: 1000, endMs: 0});
		const sort = {column: 'name', isDescending: false};
		const headings = stripVTControlCharacters(
			table === undefined
				? ''
				: headingLine(table.layout, {
						level: 'nodes',
						sort,
						theme,
						windowLabel: '',
						windowOf,
						seamOf: () => undefined,
					}),
		);
		for (const [heading, id] of [
			['SOURCE', 'state'],
			['FS%', 'fs%'],
			['PODS', 'pods'],
		] as const) {
			const column = headings.indexOf(heading);
			const after = actOnMouse(
				START,
				{kind: 'press', line: 4, column},
				{...FIVE, sortable: [id]},
				shown(START),
			);
			expect(currentPage(after).sort.column).toBe(id);
		}
	});

	test('below the last row does nothing', () => {
		expect(press(START, 8)).toBe(START);
	});

	test('closes an overlay and does nothing else', () => {
		const help = act(START, {type: 'help'}, FIVE);
		expect(press(help, 6)).toEqual(START);
	});

	test.each([{type: 'filter'}, {type: 'columns'}] as const)('does nothing after $type', action => {
		const state = act(START, action, FIVE);
		expect(press(state, 6)).toBe(state);
	});
});

test('the wheel moves the selection, or the cursor of the column chooser', () => {
	expect(selected(actOnMouse(START, {kind: 'wheel-down', line: 0, column: 0}, FIVE, shown(START)))).toBe(3);
	const choosing = act(START, {type: 'columns'}, FIVE);
	const moved = actOnMouse(choosing, {kind: 'wheel-down', line: 0, column: 0}, FIVE, shown(choosing));
	expect(moved.mode).toMatchObject({chooser: {cursor: 1}});
});
