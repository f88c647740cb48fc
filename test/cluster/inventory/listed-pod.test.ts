import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {listedContainer, listedPod} from '../../../source/cluster/inventory/shared-values.ts';
import type {ContainerInfo, PodInfo} from '../../../source/metrics/model/inventory.ts';
import {plainContainerInfo, plainPodInfo} from '../../../source/metrics/model/listed-pod.ts';
import {containerInfo, podInfo} from '../../metrics/inventories.ts';

const record = <T>(fields: {[K in keyof T]: fc.Arbitrary<T[K]>}): fc.Arbitrary<T> =>
	fc.record(fields, {noNullPrototype: true});
const text = fc.constantFrom('a', 'b', '"', '\n');
const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
	fc.option(value, {nil: undefined});
const timeMs = optional(
	fc.oneof(
		fc.integer({min: 0, max: 2 ** 31 - 1}).map(seconds => seconds * 1000),
		fc.integer({min: -(2 ** 45), max: 2 ** 45}),
	),
);
const amounts = record({
	cpuCores: optional(fc.constantFrom(0, 0.1, 2)),
	memoryBytes: optional(fc.constantFrom(0, 5e9)),
});
const extended = fc.constantFrom({}, {extendedRequests: {'nvidia.com/gpu': 1}}, {extendedRequests: {a: 2}});
const owner = optional(record({kind: text, name: text}));
const termination = record({
	reason: optional(text),
	exitCode: optional(fc.nat(255)),
	signal: optional(fc.nat(15)),
	finishedAtMs: timeMs,
});
const containers: fc.Arbitrary<ContainerInfo> = fc
	.tuple(
		record({
			kind: fc.constantFrom('init' as const, 'app' as const),
			image: optional(text),
			requests: amounts,
			limits: amounts,
			isReady: fc.boolean(),
			restarts: fc.nat(),
			state: fc.oneof(
				timeMs.map(startedAtMs => ({kind: 'running' as const, startedAtMs})),
				termination.map(one => ({kind: 'terminated' as const, ...one})),
			),
			lastTermination: optional(termination),
		}),
		text,
		extended,
	)
	.map(([known, name, more]) => containerInfo(name, {...known, ...more}));
const pods: fc.Arbitrary<PodInfo> = fc
	.tuple(
		record({
			uid: text,
			configHash: optional(text),
			namespace: text,
			nodeName: optional(text),
			hostIp: optional(text),
			phase: fc.constantFrom('Running' as const, 'Failed' as const),
			reason: text,
			message: optional(text),
			qosClass: optional(fc.constantFrom('Guaranteed' as const, 'BestEffort' as const)),
			isHostNetwork: fc.boolean(),
			owner,
			workload: owner,
			labels: fc.dictionary(text, text, {maxKeys: 2, noNullPrototype: true}),
			createdAtMs: timeMs,
			startTimeMs: timeMs,
			restarts: fc.nat(),
			requests: amounts,
			limits: amounts,
			isLimited: record({cpu: fc.boolean(), memory: fc.boolean()}),
			ephemeralStorageLimitBytes: optional(fc.constantFrom(0, 5e9)),
			resize: optional(fc.constantFrom('deferred' as const, 'infeasible' as const)),
			containers: fc.array(containers, {maxLength: 2}),
		}),
		text,
		extended,
	)
	.map(([known, name, more]) => podInfo(name, {...known, ...more}));

describe('a listed pod', () => {
	test('says all that was listed of it, whatever it has in common with others', () => {
		fc.assert(
			fc.property(fc.array(pods, {maxLength: 8}), some => {
				const listed = some.map(info =>
					listedPod({...info, containers: info.containers.map(listedContainer)}),
				);
				expect(listed.map(plainPodInfo)).toStrictEqual(some);
			}),
		);
	});

	test('is compared by what it says in these tests', () => {
		expect(listedPod(podInfo('a'))).toEqual(podInfo('a'));
		expect(listedPod(podInfo('a'))).not.toEqual(listedPod(podInfo('a', {restarts: 1})));
		expect(listedContainer(containerInfo('a'))).not.toEqual(listedContainer(containerInfo('b')));
	});

	test('shares with others what is the same', () => {
		const [one, other] = ['a', 'b'].map(name =>
			listedPod(podInfo(name, {limits: {cpuCores: 3, memoryBytes: undefined}})),
		);
		expect(one?.limits).toBe(other?.limits);
	});

	test('is copied with every fact', () => {
		const factsOf = (listed: object) =>
			Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(listed)))
				.filter(([, {get}]) => get !== undefined)
				.map(([name]) => name)
				.sort();
		const more = {extendedRequests: {'nvidia.com/gpu': 1}};
		const [pod, container] = [listedPod(podInfo('a', more)), listedContainer(containerInfo('a', more))];
		expect(Object.keys(plainPodInfo(pod)).sort()).toEqual(factsOf(pod));
		expect(Object.keys(plainContainerInfo(container)).sort()).toEqual(factsOf(container));
	});
});
