import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {areasOf} from '../../source/ui/frame/areas.ts';
import {act} from '../../source/ui/state/reduce.ts';
import {NO_MEMORY} from '../../source/ui/state/screen-memory.ts';
import {initialState, type ScreenState} from '../../source/ui/state/screen-state.ts';
import type {Visible} from '../../source/ui/state/visible.ts';
import {containerRow, nodeRow, podRow} from '../metrics/rows.ts';

const START = initialState('nodes', {
	sort: undefined,
	filter: undefined,
	namespace: undefined,
	memory: NO_MEMORY,
});

function inside(row: Visible['rows'][number]): ScreenState {
	return act(
		START,
		{type: 'open'},
		{
			rows: [row],
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
		},
	);
}

const NODE = inside(nodeRow('n'));
const POD = inside(podRow('p'));
const CONTAINER = inside(containerRow('c'));

describe('the lines of the screen', () => {
	test('are all shared out, whatever there is to show', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 2, max: 200}),
				fc.constantFrom(START, NODE, POD, CONTAINER),
				fc.option(fc.integer({min: 1, max: 100}), {nil: undefined}),
				fc.option(fc.nat(60), {nil: undefined}),
				(rows, state, facts, tableRows) => {
					const {header, charts, table} = areasOf(rows, state, {factLines: facts, tableRows});
					expect(Math.min(header, charts, table)).toBeGreaterThanOrEqual(0);
					expect(header + charts + table).toBe(Math.max(rows - 2, header));
				},
			),
		);
	});

	test.each([
		['a node at 120x30', NODE, 30, {header: 3, charts: 11, table: 14}],
		['a node at 300x100', NODE, 100, {header: 3, charts: 28, table: 67}],
		['a node at 60x15, a line for each of its charts', NODE, 15, {header: 3, charts: 4, table: 6}],
		['a pod at 60x15, which has three', POD, 15, {header: 3, charts: 3, table: 7}],
		['a node at 40x10', NODE, 10, {header: 1, charts: 4, table: 3}],
		['a node in 8 lines, where two rows are worth more', NODE, 8, {header: 1, charts: 2, table: 3}],
		['a node in 6 lines', NODE, 6, {header: 1, charts: 0, table: 3}],
		['a container', CONTAINER, 10, {header: 1, charts: 7, table: 0}],
		['a table alone', START, 10, {header: 1, charts: 0, table: 7}],
	] as const)('of %s', (_what, state, rows, areas) => {
		expect(areasOf(rows, state, {factLines: undefined, tableRows: 100})).toEqual(areas);
	});

	test.each([
		['need little: the table has the rest', 100, 8, {header: 3, charts: 8, table: 87}],
		['need most of the page: a few rows stay', 30, 24, {header: 3, charts: 20, table: 5}],
		['need all of a small screen: no table stays', 15, 12, {header: 3, charts: 10, table: 0}],
	] as const)('facts that %s', (_what, rows, needed, areas) => {
		expect(areasOf(rows, NODE, {factLines: needed, tableRows: 100})).toEqual(areas);
	});

	test.each([
		['charts are higher', undefined],
		['facts have charts below them', 5],
	] as const)('that a short table leaves go to what is above: %s', (_what, factLines) => {
		expect(areasOf(30, POD, {factLines, tableRows: 2})).toEqual({header: 3, charts: 17, table: 8});
		expect(areasOf(30, POD, {factLines, tableRows: 10})).toEqual({header: 3, charts: 13, table: 12});
	});
});
