import fc from 'fast-check';
import {expect, test} from 'vitest';
import {Store} from '../../../source/metrics/store/store.ts';
import type {WatchedNode} from '../../../source/metrics/store/threshold-watch.ts';
import {inventoryOf, nodeInfo} from '../inventories.ts';
import {steps} from './cluster-steps.ts';

/** What the join makes of a store's rows. */
function joinedRows(store: Store, nowMs: number) {
	const byId = (one: {readonly id: string}, other: {readonly id: string}): number =>
		one.id < other.id ? -1 : 1;
	return {
		nodes: store.rows('nodes', {}, 'live', nowMs).map(({id, info, bound, podCount}) => ({
			id,
			info,
			bound,
			podCount,
		})),
		pods: store
			.rows('pods', {}, 'live', nowMs)
			.map(({id, nodeId, info, cpuCores}) => ({id, nodeId, info, cpuCores}))
			.sort(byId),
		containers: store
			.rows('containers', {}, 'live', nowMs)
			.map(({id, info, podInfo, cpuCores}) => ({id, info, podInfo, cpuCores}))
			.sort(byId),
	};
}

test('whatever changes, rows joined step by step are those of a store that is joined at once', () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(steps, fc.nat(20_000)), {minLength: 20, maxLength: 30}),
			fc.boolean(),
			(history, isSelective) => {
				const inventory = inventoryOf([], [], {isSelective});
				const emptyStore = (): Store => new Store({capacity: 10, staleAfterMs: 30_000, inventory});
				const store = emptyStore();
				const done = [(to: Store) => to.addNode('n1', 'n1'), (to: Store) => to.addNode('n2', 'n2')];
				for (const first of done) {
					first(store);
				}

				let nowMs = 1_000_000;
				for (const [step, afterMs] of history) {
					const timeMs = nowMs + afterMs + 1;
					nowMs = timeMs;
					if ('onInventory' in step) {
						step.onInventory(inventory);
					} else {
						step.onStore(store, timeMs);
						done.push(anew => step.onStore(anew, timeMs));
					}

					// What time alone does shows with the next change, wherever it is.
					inventory.putNode(nodeInfo('elsewhere'));
					const anew = emptyStore();
					for (const again of done) {
						again(anew);
					}

					expect(joinedRows(store, nowMs)).toEqual(joinedRows(anew, nowMs));
				}
			},
		),
		{numRuns: 200},
	);
});

test('a node has another revision whenever a row of what it reports is another', () => {
	fc.assert(
		fc.property(fc.array(steps, {minLength: 20, maxLength: 30}), history => {
			const inventory = inventoryOf([], []);
			const store = new Store({capacity: 10, staleAfterMs: 30_000, inventory});
			store.addNode('n1', 'n1');
			store.addNode('n2', 'n2');
			let before = new Map<string, ReturnType<typeof shown>>();
			for (const [index, step] of history.entries()) {
				const nowMs = 1_000_000 + index * 10_000;
				if ('onInventory' in step) {
					step.onInventory(inventory);
				} else {
					step.onStore(store, nowMs);
				}

				const after = new Map([...store.watchedNodes(nowMs)].map(node => [node.id, shown(node)]));
				for (const [id, {revision, rows}] of after) {
					const known = before.get(id);
					if (known?.revision === revision) {
						expect(rows.length).toBe(known.rows.length);
						expect(rows.every((row, place) => row === known.rows[place])).toBe(true);
					}
				}

				before = after;
			}
		}),
		{numRuns: 200},
	);
});

function shown({revision, rows}: WatchedNode) {
	const {nodes, pods, containers} = rows();
	return {revision, rows: [...nodes, ...pods, ...containers]};
}
