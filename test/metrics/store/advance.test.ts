import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Level, Query, Source} from '../../../source/metrics/model/view.ts';
import {FrozenSource} from '../../../source/metrics/store/frozen-source.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {inventoryOf, nodeInfo} from '../inventories.ts';
import {type Step, steps} from './cluster-steps.ts';

const LEVELS: readonly Level[] = ['nodes', 'pods', 'containers', 'namespaces', 'workloads', 'problems'];

const OPEN = new Set(['n1', 'n1/uid-a', 'namespace/shop']);

const TREES: ReadonlyArray<Pick<Query, 'filter' | 'tree' | 'sort'>> = [
	{filter: 'a', tree: {by: 'nodes', open: new Set()}},
	{filter: 'app', tree: {by: 'nodes', open: OPEN}, sort: {column: 'name', isDescending: false}},
	{filter: 'side', tree: {by: 'namespaces', open: OPEN}},
	{filter: '', tree: {by: 'namespaces', open: OPEN}},
	{filter: 'n2', tree: {by: 'nodes', open: OPEN}},
	{filter: 'a', tree: {by: {of: 'pods', key: 'namespace'}, open: new Set()}},
];

/** Turns that end at once. */
const NO_TIME = (): boolean => false;

/** All that is shown of a store. */
function answersOf(store: Source, nowMs: number) {
	const shown = (query: Query) => {
		const {rows, ...view} = store.view(query, 'live', nowMs);
		return {...view, rows: rows.slice()};
	};
	return {
		views: LEVELS.map(level => shown({level, sort: {column: 'name', isDescending: false}})),
		filtered: shown({level: 'containers', filter: 'a | web'}),
		trees: TREES.map(tree => shown({level: 'tree', ...tree})),
		rolledUp: shown({level: 'workloads', filter: 'a'}),
		counts: store.counts(undefined, 'live', nowMs),
		problemsWithin: shown({level: 'problems', scope: {namespaces: ['web']}}),
		scoped: shown({level: 'pods', scope: {namespaces: ['web']}}),
		scopedContainers: shown({level: 'containers', scope: {namespaces: ['web', 'shop']}}),
	};
}

test('a store that takes over changes in short turns answers in the end as one that does all at once', () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(steps, fc.nat(20_000), fc.nat(3)), {minLength: 10, maxLength: 30}),
			fc.boolean(),
			(history, isSelective) => {
				const inventory = inventoryOf([], [], {isSelective});
				const options = {capacity: 10, staleAfterMs: 30_000, inventory};
				const [advanced, plain] = [new Store({...options, isAdvanced: true}), new Store(options)];
				let nowMs = 1_000_000;
				for (const [step, afterMs, turns] of history) {
					nowMs += afterMs + 1;
					if ('onInventory' in step) {
						step.onInventory(inventory);
					} else {
						step.onStore(advanced, nowMs);
						step.onStore(plain, nowMs);
					}

					// What time alone does shows in a plain store with the next change, wherever it is.
					inventory.putNode(nodeInfo('elsewhere'));
					// In between, some keys are pressed.
					for (let turn = 0; turn < turns; turn++) {
						advanced.advance(nowMs, NO_TIME);
						answersOf(advanced, nowMs);
					}

					plain.counts(undefined, 'live', nowMs);
					if (turns === 0) {
						while (!advanced.advance(nowMs, NO_TIME)) {}
						expect(answersOf(advanced, nowMs)).toEqual(answersOf(plain, nowMs));
					}
				}
			},
		),
		{numRuns: 60},
	);
});

test('rows that are frozen stay as they were, whatever happens afterwards', () => {
	fc.assert(
		fc.property(
			fc.array(steps, {minLength: 5, maxLength: 20}),
			fc.array(fc.tuple(steps, fc.nat(2)), {maxLength: 20}),
			(before, after) => {
				const inventory = inventoryOf([], []);
				const store = new Store({capacity: 10, staleAfterMs: 30_000, inventory, isAdvanced: true});
				let nowMs = 1_000_000;
				const happen = (step: Step): void => {
					nowMs += 1000;
					if ('onInventory' in step) {
						step.onInventory(inventory);
					} else {
						step.onStore(store, nowMs);
					}
				};
				before.forEach(happen);
				while (!store.advance(nowMs, NO_TIME)) {}
				const atMs = nowMs;
				const expected = answersOf(store, atMs);
				const [frozen, later] = [new FrozenSource(store, atMs), new FrozenSource(store, atMs)];
				for (const [step, turns] of after) {
					happen(step);
					for (let turn = 0; turn < turns; turn++) {
						store.advance(nowMs, NO_TIME);
						answersOf(store, nowMs);
						answersOf(frozen, atMs);
					}
				}

				expect(answersOf(frozen, atMs)).toEqual(expected);
				expect(answersOf(later, atMs)).toEqual(expected);
			},
		),
		{numRuns: 60},
	);
});

test('what is not taken over yet is not shown, and nothing of it is wrong', () => {
	fc.assert(
		fc.property(fc.array(steps, {minLength: 10, maxLength: 30}), history => {
			const inventory = inventoryOf([], []);
			const store = new Store({capacity: 10, staleAfterMs: 30_000, inventory, isAdvanced: true});
			store.addNode('n1', 'n1');
			let nowMs = 1_000_000;
			for (const step of history) {
				nowMs += 1000;
				if ('onInventory' in step) {
					step.onInventory(inventory);
				} else {
					step.onStore(store, nowMs);
				}

				store.advance(nowMs, NO_TIME);
				for (const level of ['pods', 'containers'] as const) {
					const ids = store.rows(level, {}, 'live', nowMs).map(({id}) => id);
					expect(ids).toHaveLength(new Set(ids).size);
				}
			}
		}),
	);
});
