import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {PodInfo} from '../../../source/metrics/model/inventory.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import type {WatchedNode} from '../../../source/metrics/store/threshold-watch.ts';
import {containerInfo, inventoryOf, nodeInfo, podInfo, type TestInventory} from '../inventories.ts';
import {LIVE} from '../node-states.ts';
import {containerReading, cpuReading, podReading, reading} from '../readings.ts';

const NODES = ['n1', 'n2', 'n3'];
const PODS = ['a', 'b', 'c', 'd'];

/** Something that happens to a cluster: to its nodes, or to what the API server says of it. */
type Step = {readonly onStore: (store: Store, nowMs: number) => void} | {readonly onInventory: Change};
type Change = (inventory: TestInventory) => void;

const node = fc.constantFrom(...NODES);
const name = fc.constantFrom(...PODS);

/** A pod as the API server has it; a static one is known to its node by its hash. */
const infos = fc
	.record({
		name,
		namespace: fc.constantFrom('shop', 'web'),
		nodeName: fc.option(node, {nil: undefined}),
		phase: fc.constantFrom('Pending', 'Running', 'Succeeded'),
		restarts: fc.nat(3),
		configHash: fc.option(fc.constantFrom('hash-a', 'hash-b'), {nil: undefined}),
		containers: fc.subarray([
			containerInfo('app'),
			containerInfo('side', {state: {kind: 'waiting', reason: 'CrashLoopBackOff'}}),
		]),
	})
	.map(({name, ...known}): PodInfo => podInfo(name, known));

/** A pod as a node speaks of it: by uid, by hash, or by name alone. */
const references = fc.record({
	uid: fc.option(fc.constantFrom(...PODS.map(pod => `uid-${pod}`), 'hash-a', 'hash-b'), {nil: undefined}),
	namespace: fc.constantFrom('shop', 'web'),
	name,
});

const steps: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 3,
		arbitrary: fc
			.tuple(
				node,
				fc.uniqueArray(references, {selector: ({uid, namespace, name}) => uid ?? `${namespace}/${name}`}),
			)
			.map(([id, pods]) => ({
				onStore: (store: Store, timeMs: number) => {
					const cpu = cpuReading({timeMs, usageCores: 1});
					const taken = reading(timeMs, {
						pods: pods.map(pod => podReading(pod.namespace, pod.name, {pod, cpu})),
						containers: pods.map(pod => containerReading('app', {pod, cpu})),
					});
					store.apply(id, [taken], LIVE);
				},
			})),
	},
	{weight: 4, arbitrary: infos.map(pod => ({onInventory: (to: TestInventory) => to.putPod(pod)}))},
	name.map(gone => ({onInventory: (from: TestInventory) => from.removePod(`uid-${gone}`)})),
	node.map(added => ({onInventory: (to: TestInventory) => to.putNode(nodeInfo(added))})),
	node.map(id => ({onStore: (store: Store) => store.addNode(id, id)})),
	node.map(id => ({onStore: (store: Store) => store.removeNode(id)})),
	// One more source that reads the first node.
	fc.constant({onStore: (store: Store) => store.addNode('n3', 'n1')}),
	fc
		.constantFrom(true as const, ['shop'], [])
		.map(listed => ({onInventory: (to: TestInventory) => to.list(listed)})),
);

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
