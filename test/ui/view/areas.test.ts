import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Row} from '../../../source/metrics/model/row.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import type {ScreenState} from '../../../source/ui/state/screen-state.ts';
import {aboveAreas, areasOf} from '../../../source/ui/view/areas.ts';
import {containerRow, nodeRow, podRow} from '../../metrics/rows.ts';
import {START, showing} from '../state/states.ts';

const inside = (row: Row): ScreenState => act(START, {type: 'open'}, showing([row]));
const NODE = inside(nodeRow('n'));
const POD = inside(podRow('p'));
const CONTAINER = inside(containerRow('c'));

describe('the lines of the screen', () => {
	test('are all used for any content', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 2, max: 200}),
				fc.constantFrom(START, NODE, POD, CONTAINER),
				fc.option(fc.integer({min: 1, max: 100}), {nil: undefined}),
				fc.option(fc.nat(60), {nil: undefined}),
				fc.boolean(),
				(rows, state, facts, tableRows, hasNotice) => {
					const needs = {factLines: facts, tableRows, hasNotice};
					const {header, charts, table, preview, foot} = areasOf(rows, state, needs);
					expect(Math.min(header, charts, table, preview)).toBeGreaterThanOrEqual(0);
					expect(header + charts + table + preview).toBe(Math.max(rows - 1 - foot, header));
					expect(foot).toBe(hasNotice && rows >= 14 ? 2 : 1);
				},
			),
		);
	});

	test.each([
		['a node at 120x30', NODE, 30, {header: 3, charts: 11, table: 14, preview: 0, foot: 1}],
		['a node at 300x100', NODE, 100, {header: 3, charts: 28, table: 67, preview: 0, foot: 1}],
		[
			'a node at 60x15, a line for each of its charts',
			NODE,
			15,
			{header: 3, charts: 4, table: 6, preview: 0, foot: 1},
		],
		['a pod at 60x15, which has three', POD, 15, {header: 3, charts: 3, table: 7, preview: 0, foot: 1}],
		['a node at 40x10', NODE, 10, {header: 1, charts: 4, table: 3, preview: 0, foot: 1}],
		[
			'a node in 8 lines, where two rows are worth more',
			NODE,
			8,
			{header: 1, charts: 2, table: 3, preview: 0, foot: 1},
		],
		['a node in 6 lines', NODE, 6, {header: 1, charts: 0, table: 3, preview: 0, foot: 1}],
		['a container', CONTAINER, 10, {header: 1, charts: 7, table: 0, preview: 0, foot: 1}],
		['a table alone', START, 10, {header: 1, charts: 0, table: 7, preview: 0, foot: 1}],
	] as const)('of %s', (_what, state, rows, areas) => {
		expect(areasOf(rows, state, {factLines: undefined, tableRows: 100, hasNotice: false})).toEqual(areas);
	});

	test('include a line for the note of a prompt', () => {
		const typing = act(START, {type: 'filter'}, showing([]));
		const needs = {factLines: undefined, tableRows: 100, hasNotice: false};
		expect(areasOf(30, typing, needs)).toEqual({header: 3, charts: 0, table: 24, preview: 0, foot: 2});
		expect(areasOf(10, typing, needs)).toEqual({header: 1, charts: 0, table: 7, preview: 0, foot: 1});
	});

	test.each([
		['need little: the table has the rest', 100, 8, {header: 3, charts: 8, table: 87, preview: 0, foot: 1}],
		[
			'need most of the page: a few rows stay',
			30,
			24,
			{header: 3, charts: 20, table: 5, preview: 0, foot: 1},
		],
		[
			'need all of a small screen: no table stays',
			15,
			12,
			{header: 3, charts: 10, table: 0, preview: 0, foot: 1},
		],
	] as const)('facts that %s', (_what, rows, needed, areas) => {
		expect(areasOf(rows, NODE, {factLines: needed, tableRows: 100, hasNotice: false})).toEqual(areas);
	});

	test.each([
		['charts are higher', undefined],
		['facts have charts below them', 5],
	] as const)('that a short table does not need go to the part above: %s', (_what, factLines) => {
		expect(areasOf(30, POD, {factLines, tableRows: 2, hasNotice: false})).toEqual({
			header: 3,
			charts: 17,
			table: 8,
			preview: 0,
			foot: 1,
		});
		expect(areasOf(30, POD, {factLines, tableRows: 10, hasNotice: false})).toEqual({
			header: 3,
			charts: 13,
			table: 12,
			preview: 0,
			foot: 1,
		});
	});

	test.each([
		['one row at 80x24', 24, 1, {table: 3, preview: 16}],
		['three rows at 200x60', 60, 3, {table: 5, preview: 50}],
		['eleven rows at 80x24, which leave a chart', 24, 11, {table: 13, preview: 6}],
		['twelve rows at 80x24, which leave too little', 24, 12, {table: 19, preview: 0}],
		['one row on a low screen', 14, 1, {table: 9, preview: 0}],
		['no row', 24, 0, {table: 19, preview: 0}],
	] as const)(
		'that a short table of the first page does not need go to a preview: %s',
		(_what, rows, tableRows, areas) => {
			expect(areasOf(rows, START, {factLines: undefined, tableRows, hasNotice: false})).toMatchObject(areas);
		},
	);
});

describe('the lines above a table', () => {
	test.each([
		['are charts without facts', 11, undefined, {facts: 0, charts: 11}],
		['have charts below facts where these have room', 17, 5, {facts: 6, charts: 11}],
		['are facts alone where charts would be too low', 11, 5, {facts: 11, charts: 0}],
		['are facts alone where these need more', 10, 12, {facts: 10, charts: 0}],
	] as const)('%s', (_what, height, factLines, areas) => {
		expect(aboveAreas(height, factLines)).toEqual(areas);
	});
});
