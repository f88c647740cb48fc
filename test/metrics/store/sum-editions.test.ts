import {describe, expect, test} from 'vitest';
import type {GroupRow} from '../../../source/metrics/model/row.ts';
import type {Scope} from '../../../source/metrics/model/view.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {SumEditions} from '../../../source/metrics/store/sum-editions.ts';
import {LIVE} from '../node-states.ts';
import {cpuReading, nodeReading, podReading, reading} from '../readings.ts';
import {podRow} from '../rows.ts';

const STEP_MS = 10_000;
const NOW_MS = 40_000;

/** A node with a pod that uses a core in each of two namespaces. */
function storeOf(isAdvanced: boolean): Store {
	const store = new Store({capacity: 20, staleAfterMs: 30_000, isAdvanced});
	store.addNode('n', 'n');
	for (let timeMs = STEP_MS; timeMs <= NOW_MS; timeMs += STEP_MS) {
		const cpu = cpuReading({timeMs, usageCores: 1});
		const pods = ['a', 'b'].map(namespace => podReading(namespace, `web-${namespace}`, {cpu}));
		store.apply('n', [reading(timeMs, {node: nodeReading({}), pods})], LIVE);
	}

	store.advance(NOW_MS, () => true);
	return store;
}

function groupIn(store: Store, scope: Scope) {
	const tree = {by: {of: 'pods', key: 'node'}, open: new Set<string>()} as const;
	const {rows, columns} = store.view({level: 'tree', scope, tree, windowMs: NOW_MS}, 'live', NOW_MS);
	const [row] = rows.slice();
	const mean = columns.find(({id}) => id === 'cpu-mean');
	const window = {points: 2, stepMs: STEP_MS, endMs: NOW_MS};
	return row && {past: [...store.history(row, 'cpuCores', window)], mean: mean?.value(row, NOW_MS)};
}

describe.each([true, false])('a group, where the store is advanced: %s', isAdvanced => {
	test('has the past and the statistics of what is in it in its scope', () => {
		const store = storeOf(isAdvanced);
		const [both, one] = [
			{past: [2, 2], mean: 2},
			{past: [1, 1], mean: 1},
		];
		expect([{}, {namespaces: ['a']}, {}].map(scope => groupIn(store, scope))).toEqual([both, one, both]);
	});
});

describe('the edition of a sum', () => {
	const group = (...names: readonly string[]) =>
		({kind: 'group', id: 'group', members: names.map(name => podRow(name))}) as unknown as GroupRow;

	test('stays as long as its members are rows of the same objects', () => {
		const editions = new SumEditions();
		const [first, same, more, fewer, other] = [
			group('a', 'b'),
			group('a', 'b'),
			group('a', 'b', 'c'),
			group('a', 'b'),
			group('a', 'd'),
		].map(row => editions.of(row));
		expect(same).toBe(first);
		expect(new Set([first, more, fewer, other]).size).toBe(4);
	});
});
