import {describe, expect, test} from 'vitest';
import type {GroupRow, TreeRow} from '../../../source/metrics/model/row.ts';
import {groupable, groupingOf} from '../../../source/ui/state/grouping.ts';
import {currentPage} from '../../../source/ui/state/page.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import type {ScreenState} from '../../../source/ui/state/screen-state.ts';
import {NO_SUMS} from '../../metrics/rows.ts';
import {NOTHING, showing, startingAt, stateAfter} from './states.ts';

const PODS = startingAt('pods');
const BY_APP = stateAfter([{type: 'group', by: 'label:app'}], NOTHING, PODS);
const pageOf = (state: ScreenState) => currentPage(state);

const GROUP: GroupRow = {
	kind: 'group',
	id: 'group/pods/label:app/web',
	name: 'web',
	text: 'web',
	members: [],
	...NO_SUMS,
	containerCount: undefined,
};

const rowOf = (isOpen: boolean): TreeRow => ({
	kind: 'tree',
	id: GROUP.id,
	name: GROUP.name,
	depth: 0,
	isOpen,
	of: GROUP,
});

describe('a table of pods or nodes', () => {
	test('is grouped into rows that fold, and says by what', () => {
		expect(groupingOf(pageOf(BY_APP))).toEqual({of: 'pods', key: 'label:app'});
		expect(BY_APP.message).toBe('pods grouped by label:app');
	});

	test('keeps filter, namespaces and order, where the groups have the column', () => {
		const before = stateAfter(
			[
				{type: 'narrow', namespaces: ['shop']},
				{type: 'set-filter', filter: 'web'},
				{type: 'sort', order: {column: 'memory', isDescending: true}},
			],
			NOTHING,
			PODS,
		);
		const {filter, scope, sort} = pageOf(act(before, {type: 'group', by: 'node'}, NOTHING));
		expect({filter, scope, sort}).toEqual({
			filter: 'web',
			scope: {namespaces: ['shop']},
			sort: {column: 'memory', isDescending: true},
		});
	});

	test('steps through the keys that its rows have values of, and is plain again in the end', () => {
		const visible = showing([], {groupKeys: () => ['namespace', 'node']});
		const keys: Array<string | undefined> = [];
		let state = PODS;
		for (let count = 0; count < 3; count++) {
			state = act(state, {type: 'next-group'}, {...visible, groupedBy: groupingOf(pageOf(state))?.key});
			keys.push(groupingOf(pageOf(state))?.key);
		}

		expect([...keys, pageOf(state).level]).toEqual(['namespace', 'node', undefined, 'pods']);
	});

	test('is plain again at none, and at Esc after the filter', () => {
		expect(pageOf(act(BY_APP, {type: 'group', by: 'none'}, NOTHING)).level).toBe('pods');
		const filtered = act(BY_APP, {type: 'set-filter', filter: 'web'}, NOTHING);
		const steps = [1, 2].map(count =>
			pageOf(
				stateAfter(
					Array.from({length: count}, () => ({type: 'back'}) as const),
					NOTHING,
					filtered,
				),
			),
		);
		expect(steps.map(({level, filter}) => [level, filter])).toEqual([
			['tree', ''],
			['pods', ''],
		]);
	});

	test('is grouped on the page of an object, too', () => {
		const opened = stateAfter(
			[{type: 'cluster'}, {type: 'group', by: 'label:zone'}],
			NOTHING,
			startingAt('nodes'),
		);
		expect(opened.pages).toHaveLength(2);
		expect(pageOf(opened)).toMatchObject({
			level: 'tree',
			subject: {level: 'cluster'},
			tree: {by: {of: 'nodes', key: 'label:zone'}},
		});
	});
});

describe('a group', () => {
	test.each([
		['Enter', {type: 'open'}],
		['→', {type: 'expand'}],
	] as const)('is opened by %s', (_key, action) => {
		const state = act(BY_APP, action, showing([rowOf(false)]));
		expect([...pageOf(state).tree.open]).toEqual([GROUP.id]);
		expect(state.pages).toHaveLength(1);
	});

	test.each([
		['Enter', {type: 'open'}],
		['←', {type: 'collapse'}],
	] as const)('is closed by %s', (_key, action) => {
		const opened = act(BY_APP, {type: 'open'}, showing([rowOf(false)]));
		const closed = act(opened, action, showing([rowOf(true)]));
		expect(pageOf(closed).tree.open.size).toBe(0);
	});
});

test.each([
	['nodes', 'nodes'],
	['pods', 'pods'],
	['containers', undefined],
	['workloads', undefined],
] as const)('what can be grouped in the table of %s: %s', (level, of) => {
	expect(groupable(pageOf(startingAt(level)))).toBe(of);
});

test('the tree groups its roots, and the key of the tree leads to the last groups and on to its nodes', () => {
	const tree = stateAfter([{type: 'level', index: 4}], NOTHING, PODS);
	expect(groupable(pageOf(tree))).toBe('nodes');
	const elsewhere = stateAfter(
		[
			{type: 'level', index: 0},
			{type: 'level', index: 4},
		],
		NOTHING,
		BY_APP,
	);
	expect(groupingOf(pageOf(elsewhere))).toEqual({of: 'pods', key: 'label:app'});
	expect(pageOf(act(elsewhere, {type: 'level', index: 4}, NOTHING)).tree.by).toBe('nodes');
});
