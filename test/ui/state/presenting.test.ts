import {describe, expect, test} from 'vitest';
import {currentPage} from '../../../source/ui/state/page.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import type {Grid} from '../../../source/ui/state/visible.ts';
import {containerRow} from '../../metrics/rows.ts';
import {FIVE, NOTHING, nodes, START, selected, showing, startingAt, stateAfter} from './states.ts';

const MAP = stateAfter([{type: 'form', form: 'map'}]);

describe('the form of the rows', () => {
	test('is the next one at each key, and in the end the table again', () => {
		const forms = [1, 2, 3, 4].map(
			count =>
				currentPage(stateAfter(Array.from({length: count}, () => ({type: 'next-form', by: 1}) as const)))
					.form,
		);
		expect(forms).toEqual(['map', 'wall', 'comparison', 'table']);
		expect(currentPage(stateAfter([{type: 'next-form', by: -1}])).form).toBe('comparison');
	});

	test('stays on other tables, but the tree has no map', () => {
		const pods = act(MAP, {type: 'level', index: 1}, NOTHING);
		expect(currentPage(pods)).toMatchObject({level: 'pods', form: 'map'});
		const tree = act(MAP, {type: 'level', index: 4}, NOTHING);
		expect(currentPage(tree).form).toBe('table');
		expect(act(tree, {type: 'next-form', by: 1}, NOTHING).message).toBe('there is no map of the tree');
	});

	test('of an opened row is a table, and Esc returns to the map', () => {
		const opened = act(MAP, {type: 'open'}, FIVE);
		expect(currentPage(opened)).toMatchObject({level: 'containers', form: 'table'});
		expect(currentPage(act(opened, {type: 'back'}, FIVE)).form).toBe('map');
		const container = act(START, {type: 'open'}, showing([containerRow('c')]));
		expect(act(container, {type: 'next-form', by: 1}, NOTHING).message).toBe(
			'there is no map of a container',
		);
	});

	test('is a table again at Esc on the first page, after the filter and before the pause', () => {
		const paused = stateAfter([{type: 'set-filter', filter: 'a'}, {type: 'pause'}], FIVE, MAP);
		const steps = [1, 2, 3].map(count =>
			stateAfter(
				Array.from({length: count}, () => ({type: 'back'}) as const),
				FIVE,
				paused,
			),
		);
		expect(steps.map(state => [currentPage(state).filter, currentPage(state).form, state.cursor])).toEqual([
			['', 'map', paused.cursor],
			['', 'table', paused.cursor],
			['', 'table', 'live'],
		]);
	});
});

describe('the groups of a map', () => {
	test('are by the next key with values, and in the end there are none', () => {
		const by = (groupedBy: string | undefined) =>
			currentPage(act(MAP, {type: 'next-group'}, showing([], {groupedBy}))).grouping;
		expect(['zone', 'pool', undefined].map(by)).toEqual(['pool', 'none', 'zone']);
	});

	test('open the map of rows that do not fold', () => {
		const containers = startingAt('containers');
		expect(currentPage(stateAfter([{type: 'next-group'}], NOTHING, containers))).toMatchObject({
			form: 'map',
			grouping: undefined,
		});
		expect(currentPage(stateAfter([{type: 'group', by: 'label:app'}], NOTHING, containers))).toMatchObject({
			form: 'map',
			grouping: 'label:app',
		});
	});
});

describe('keys on a map', () => {
	/** Two cells a line. */
	const grid: Grid = {
		below: (index, by) => Math.min(Math.max(index + by * 2, 0), 4),
		lineOf: index => Math.floor(index / 2),
		lines: 3,
	};
	const visible = {...nodes('a', 'b', 'c', 'd', 'e'), grid, height: 2};

	test('move down and up by lines, left and right by cells', () => {
		const pressing = (...types: ReadonlyArray<Parameters<typeof act>[1]>) =>
			selected(stateAfter(types, visible, MAP), visible);
		expect(pressing({type: 'move', by: 1})).toBe(2);
		expect(pressing({type: 'move', by: 1}, {type: 'expand'})).toBe(3);
		expect(pressing({type: 'last'}, {type: 'collapse'})).toBe(3);
		expect(pressing({type: 'last'}, {type: 'move', by: -1})).toBe(2);
	});

	test('keep the selected line on the screen', () => {
		expect(currentPage(stateAfter([{type: 'last'}], visible, MAP)).offset).toBe(1);
	});

	test('mark the cell and select the next', () => {
		const marked = stateAfter([{type: 'mark'}], visible, MAP);
		expect([[...marked.marked], selected(marked, visible)]).toEqual([['id-a'], 1]);
	});

	test('choose the value: a key never reverses, and < > step through the values of the map', () => {
		const sorts = {...visible, sortable: ['cpu', 'memory'], shownColumns: () => ['cpu%', 'memory%', 'fs%']};
		const pressing = (...types: ReadonlyArray<Parameters<typeof act>[1]>) =>
			currentPage(stateAfter(types, sorts, MAP)).sort;
		expect(pressing({type: 'sort-by', column: 'cpu'})).toEqual({column: 'cpu', isDescending: true});
		expect(pressing({type: 'sort-by', column: 'memory'}, {type: 'sort-next', by: 1}).column).toBe('fs%');
		expect(pressing({type: 'sort-next', by: 1}).column).toBe('memory%');
	});
});

describe('a wall', () => {
	test('has one scale or many at the key that opens it', () => {
		const opened = act(START, {type: 'scale'}, FIVE);
		expect([currentPage(opened).form, opened.hasOwnScales]).toEqual(['wall', false]);
		expect(act(opened, {type: 'scale'}, FIVE).hasOwnScales).toBe(true);
	});

	test('shows the last figure with a past that rows were sorted by', () => {
		const charted = (...columns: readonly string[]) =>
			currentPage(
				stateAfter(columns.map(column => ({type: 'sort', order: {column, isDescending: true}}) as const)),
			).charted;
		expect([charted(), charted('memory%limit'), charted('memory', 'name')]).toEqual([
			'cpu',
			'memory',
			'memory',
		]);
	});

	test.each([
		['processes', 'there is no wall of processes'],
		['problems', 'there is no wall of problems'],
	] as const)('is not there for %s', (type, message) => {
		const there = act(START, {type}, FIVE);
		expect(act(there, {type: 'form', form: 'wall'}, NOTHING).message).toBe(message);
	});
});

describe('statistics', () => {
	test('are shown and hidden again, and lead from a map back to the table', () => {
		const shown = act(START, {type: 'statistics'}, FIVE);
		expect(shown.hasStatistics).toBe(true);
		expect(act(shown, {type: 'statistics'}, FIVE).hasStatistics).toBe(false);
		const ofMap = act(MAP, {type: 'statistics'}, FIVE);
		expect([ofMap.hasStatistics, currentPage(ofMap).form]).toEqual([true, 'table']);
	});

	test.each([
		[{type: 'problems'}, 'there are no statistics of problems'],
		[{type: 'processes'}, 'there are no statistics of processes'],
	] as const)('are none after %j', (action, message) => {
		const there = act(startingAt('nodes'), action, FIVE);
		expect(act(there, {type: 'statistics'}, NOTHING)).toMatchObject({message, hasStatistics: false});
	});
});
