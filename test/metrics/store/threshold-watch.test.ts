import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {ContainerRow, NodeRow, PodRow} from '../../../source/metrics/model/row.ts';
import {ThresholdWatch, type WatchedNode} from '../../../source/metrics/store/threshold-watch.ts';
import {containerInfo, nodeInfo, podInfo} from '../inventories.ts';
import {containerRow, nodeRow, podRow} from '../rows.ts';

let revisions = 0;

/** A node of which these rows are all new. */
const watched = (
	id: string,
	rows: {
		readonly nodes?: readonly NodeRow[];
		readonly pods?: readonly PodRow[];
		readonly containers?: readonly ContainerRow[];
	},
	revision = revisions++,
): WatchedNode => ({id, revision, rows: () => ({nodes: [], pods: [], containers: [], ...rows})});
const feedNodes = (watch: ThresholdWatch, atMs: number, ...nodes: readonly NodeRow[]): void =>
	watch.feed(
		nodes.map(node => watched(node.id, {nodes: [node]})),
		atMs,
	);
const busy = (share: number, atMs: number): NodeRow =>
	nodeRow('n1', {cpuCores: share * 4, cpuCapacityCores: 4, receivedAtMs: atMs});

describe('a threshold', () => {
	test('is crossed when two samples are above it', () => {
		const watch = new ThresholdWatch();
		feedNodes(watch, 1000, busy(0.95, 1000));
		expect(watch.events()).toEqual([]);
		feedNodes(watch, 1500, busy(0.95, 1000));
		expect(watch.events(), 'the same sample again').toEqual([]);
		feedNodes(watch, 2000, busy(0.97, 2000));
		expect(watch.events()).toMatchObject([
			{what: 'cpu', name: 'n1', sinceMs: 1000, untilMs: undefined, peak: 0.97, peakAtMs: 2000},
		]);
	});

	test('is one event while what crossed it sways about it', () => {
		const watch = new ThresholdWatch();
		for (const [index, share] of [0.95, 0.92, 0.88, 0.93].entries()) {
			feedNodes(watch, index * 1000, busy(share, index * 1000));
		}

		expect(watch.events()).toMatchObject([{sinceMs: 0, untilMs: undefined, peak: 0.95}]);
	});

	test('is left behind well below it, and the event keeps its duration and peak', () => {
		const watch = new ThresholdWatch();
		for (const [index, share] of [0.95, 1.2, 0.5].entries()) {
			feedNodes(watch, index * 1000, busy(share, index * 1000));
		}

		expect(watch.events()).toMatchObject([{sinceMs: 0, untilMs: 2000, peak: 1.2, peakAtMs: 1000}]);
	});

	test('is not crossed by a single blip', () => {
		const watch = new ThresholdWatch();
		for (const [index, share] of [0.2, 0.95, 0.2, 0.2].entries()) {
			feedNodes(watch, index * 1000, busy(share, index * 1000));
		}

		expect(watch.events()).toEqual([]);
	});

	test.each([
		['cpu of limit', {cpuCores: 0.48, cpuLimitCores: 0.5}],
		['memory of limit', {memoryWorkingSetBytes: 95, memoryLimitBytes: 100}],
		['throttled', {throttledRatio: 0.3}],
	] as const)('is there for a container: %s', (what, known: Partial<ContainerRow>) => {
		const watch = new ThresholdWatch();
		for (const atMs of [1000, 2000]) {
			watch.feed([watched('n1', {containers: [containerRow('app', {...known, receivedAtMs: atMs})]})], atMs);
		}

		expect(watch.events()).toMatchObject([{what, name: 'shop/web/app'}]);
	});

	test('is crossed by a node that is not ready', () => {
		const watch = new ThresholdWatch();
		const ill = nodeRow('n1', {info: nodeInfo('n1', {readiness: 'NotReady'})});
		feedNodes(watch, 1000, ill);
		feedNodes(watch, 2000, ill);
		expect(watch.events()).toMatchObject([{what: 'not ready', name: 'n1'}]);
	});

	test('of what is unknown is crossed by nothing', () => {
		const watch = new ThresholdWatch();
		feedNodes(watch, 1000, nodeRow('n1'));
		feedNodes(watch, 2000, nodeRow('n1'));
		expect(watch.events()).toEqual([]);
	});

	test('is crossed by a node that is fed when it is read as by one that is fed with all', () => {
		const watch = new ThresholdWatch();
		watch.feedOne(watched('n1', {nodes: [busy(0.95, 1000)]}), 1000);
		watch.feed([watched('n1', {nodes: [busy(0.95, 1000)]})], 1500);
		expect(watch.events(), 'the same sample again').toEqual([]);
		watch.feedOne(watched('n1', {nodes: [busy(0.97, 2000)]}), 2000);
		expect(watch.events()).toMatchObject([{what: 'cpu', sinceMs: 1000, peak: 0.97}]);
		watch.feedOne(watched('n1', {nodes: [busy(0.5, 3000)]}), 3000);
		expect(watch.events()).toMatchObject([{what: 'cpu', untilMs: 3000}]);
	});

	test('of a state that has no samples is crossed in two looks at all nodes', () => {
		const watch = new ThresholdWatch();
		const ill = nodeRow('n1', {info: nodeInfo('n1', {readiness: 'NotReady'}), receivedAtMs: 500});
		watch.feedOne(watched('n1', {nodes: [ill]}), 1000);
		watch.feed([watched('n1', {nodes: [ill]})], 1500);
		watch.feedOne(watched('n1', {nodes: [ill]}), 1600);
		expect(watch.events()).toEqual([]);
		watch.feed([watched('n1', {nodes: [ill]})], 2000);
		expect(watch.events()).toMatchObject([{what: 'not ready', sinceMs: 1000}]);
	});

	test('is left behind by a node that left the cluster', () => {
		const watch = new ThresholdWatch();
		feedNodes(watch, 1000, busy(0.95, 1000));
		feedNodes(watch, 2000, busy(0.95, 2000));
		feedNodes(watch, 3000);
		expect(watch.events()).toMatchObject([{what: 'cpu', name: 'n1', untilMs: 3000}]);
	});

	test('leaves five hundred ended events at most, the newest first', () => {
		const watch = new ThresholdWatch();
		for (let round = 0; round < 700; round++) {
			for (const [index, share] of [1, 1, 0].entries()) {
				const atMs = round * 3000 + index * 1000;
				feedNodes(watch, atMs, busy(share, atMs));
			}
		}

		const events = watch.events();
		expect(events).toHaveLength(500);
		expect(events[0]?.sinceMs).toBeGreaterThan(events[499]?.sinceMs ?? 0);
	});

	test('is crossed all the same where only the nodes are looked at that changed', () => {
		const shares = fc.option(fc.constantFrom(0.5, 0.87, 0.92, 1.1), {nil: undefined});
		const node = fc.record({
			isThere: fc.boolean(),
			isRead: fc.boolean(),
			isReady: fc.boolean(),
			cpu: shares,
			ofLimit: shares,
		});
		fc.assert(
			fc.property(fc.array(fc.tuple(node, node), {minLength: 1, maxLength: 20}), steps => {
				const [lazy, thorough] = [new ThresholdWatch(), new ThresholdWatch()];
				const rows: Array<Parameters<typeof watched>[1]> = [{}, {}];
				const revisions = [0, 0];
				for (const [index, step] of steps.entries()) {
					const atMs = index * 1000;
					const there = step.flatMap(({isThere, isRead, isReady, cpu, ofLimit}, which) => {
						const id = `n${which}`;
						if (isRead) {
							revisions[which] = index;
							rows[which] = {
								nodes: [
									nodeRow(id, {
										cpuCores: cpu,
										cpuCapacityCores: 1,
										receivedAtMs: atMs,
										info: nodeInfo(id, {
											readiness: isReady ? 'Ready' : 'NotReady',
											allocatable: {...nodeInfo(id).allocatable, cpuCores: 1},
										}),
									}),
								],
								containers: [
									containerRow('app', {id, cpuCores: ofLimit, cpuLimitCores: 1, receivedAtMs: atMs}),
								],
							};
						}

						return isThere ? [which] : [];
					});
					const nodesOf = (revisionOf: (which: number) => number) =>
						there.map(which => watched(`n${which}`, rows[which] ?? {}, revisionOf(which)));
					lazy.feed(
						nodesOf(which => revisions[which] ?? 0),
						atMs,
					);
					thorough.feed(
						nodesOf(() => index),
						atMs,
					);
					expect(lazy.events()).toEqual(thorough.events());
				}
			}),
		);
	});
});

test('nodes that are checked in turns are each checked once, and those that are gone are then over', () => {
	const watch = new ThresholdWatch();
	const nodes = (count: number, atMs: number): readonly WatchedNode[] =>
		Array.from({length: count}, (_, index) => {
			const row = nodeRow(`n${index}`, {cpuCores: 4, cpuCapacityCores: 4, receivedAtMs: atMs});
			return watched(row.id, {nodes: [row]});
		});
	const inTurns = (count: number, atMs: number): number => {
		let turns = 1;
		while (!watch.advance(nodes(count, atMs), atMs, () => false)) {
			turns++;
		}

		return turns;
	};
	expect(inTurns(100, 1000)).toBeGreaterThan(1);
	inTurns(100, 2000);
	expect(watch.events()).toHaveLength(100);
	inTurns(99, 3000);
	expect(watch.events().filter(({untilMs}) => untilMs !== undefined)).toMatchObject([
		{id: 'id-n99', sinceMs: 1000, untilMs: 3000},
	]);
});

test('a container that was killed is among what is over, by its time and with how often', () => {
	const watch = new ThresholdWatch();
	const killed = (finishedAtMs: number): PodRow =>
		podRow('web-0', {
			info: podInfo('web-0', {
				containers: [
					containerInfo('main', {
						lastTermination: {reason: 'OOMKilled', exitCode: 137, signal: undefined, finishedAtMs},
					}),
				],
			}),
		});
	const looks: ReadonlyArray<readonly [number, number, PodRow]> = [
		[1000, 0.95, killed(0)],
		[2000, 0.95, killed(1500)],
		[3000, 0.1, killed(1500)],
		[4000, 0.1, killed(3500)],
	];
	for (const [atMs, share, pod] of looks) {
		watch.feed([watched('n1', {nodes: [busy(share, atMs)], pods: [pod]})], atMs);
	}

	expect(watch.events()).toMatchObject([
		{what: 'OOM killed', sinceMs: 3500, untilMs: 3500, peak: 2},
		{what: 'cpu', sinceMs: 1000, untilMs: 3000},
	]);
});

test('a volume without inodes is one of its pod', () => {
	const watch = new ThresholdWatch();
	const volume = {
		name: 'cache',
		claim: undefined,
		capacityBytes: 100,
		availableBytes: 90,
		usedBytes: 10,
		inodes: 100,
		inodesUsed: 97,
		inodesFree: 3,
		timeMs: undefined,
	};
	for (const atMs of [1000, 2000]) {
		watch.feed([watched('n1', {pods: [podRow('web-0', {volumes: [volume], receivedAtMs: atMs})]})], atMs);
	}

	expect(watch.events()).toMatchObject([{what: 'inodes', peak: 0.97}]);
});
