import fc from 'fast-check';
import type {PodInfo} from '../../../source/metrics/model/inventory.ts';
import type {Store} from '../../../source/metrics/store/store.ts';
import {containerInfo, nodeInfo, podInfo, type TestInventory} from '../inventories.ts';
import {LIVE} from '../node-states.ts';
import {containerReading, cpuReading, podReading, reading} from '../readings.ts';

const NODES = ['n1', 'n2', 'n3'];
const PODS = ['a', 'b', 'c', 'd'];

/** Something that happens to a cluster: to its nodes, or to what the API server says of it. */
export type Step = {readonly onStore: (store: Store, nowMs: number) => void} | {readonly onInventory: Change};
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

export const steps: fc.Arbitrary<Step> = fc.oneof(
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
