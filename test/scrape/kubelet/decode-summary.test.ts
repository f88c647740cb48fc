import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Reading} from '../../../source/metrics/model/reading.ts';
import {decodeSummary} from '../../../source/scrape/kubelet/decode-summary.ts';
import {recorded} from './recorded-kubelet.ts';

const summary = (number: 1 | 2 | 3): Reading =>
	decodeSummary(recorded(`summary-${number}.json`), 1_795_426_195_000);

const podOf = (reading: Reading, name: string) => reading.pods.find(({pod}) => pod.name === name);
const containersOf = (reading: Reading, pod: string) =>
	reading.containers.filter(container => container.pod?.name === pod);

/** A summary of one pod and one container, with what a test adds. */
const summaryOf = (parts: {node?: object; pod?: object; container?: object}): string =>
	JSON.stringify({
		node: {nodeName: 'n', ...parts.node},
		pods: [
			{
				podRef: {name: 'p', namespace: 's', uid: 'u'},
				containers: [{name: 'c', startTime: '2026-01-01T00:00:00Z', ...parts.container}],
				...parts.pod,
			},
		],
	});
const decode = (parts: Parameters<typeof summaryOf>[0]): Reading => decodeSummary(summaryOf(parts), 5);

// The expected figures were taken from the recordings with jq and Python, not with ktop.
describe('a recorded summary of Kubernetes 1.36', () => {
	test('gives the node', () => {
		const {node, nodeName, stampResolutionMs, rejectedValues} = summary(1);
		expect({nodeName, stampResolutionMs, rejectedValues}).toEqual({
			nodeName: 'node-a',
			stampResolutionMs: 1000,
			rejectedValues: 0,
		});
		expect(node).toMatchObject({
			startTimeMs: 1_795_424_325_000,
			cpu: {timeMs: 1_795_426_184_000, usageCores: 1.339423536, usageCoreNanoseconds: 2_062_744_577_122},
			memory: {
				timeMs: 1_795_426_184_000,
				workingSetBytes: 2_157_375_488,
				usageBytes: 3_476_213_760,
				rssBytes: 776_736_768,
				availableBytes: 23_119_134_720,
				pageFaults: 194_213,
				majorPageFaults: 0,
			},
			memoryCapacityBytes: 25_276_510_208,
			cpuCapacityCores: undefined,
			processCount: 492,
			swap: {usageBytes: 0, availableBytes: undefined},
		});
	});

	test('counts the node’s own interface once, not the bridge to its pods', () => {
		expect(summary(1).node?.network).toEqual({
			timeMs: 1_795_426_184_000,
			interfaces: 'eth0',
			rxBytes: 843_670_729,
			txBytes: 1_227_009,
			rxErrors: 0,
			txErrors: 0,
		});
	});

	test('gives the file systems, the same one for images and containers once', () => {
		expect(
			summary(1).node?.filesystems.map(({name, capacityBytes, availableBytes}) => [
				name,
				capacityBytes,
				availableBytes,
			]),
		).toEqual([
			['nodefs', 270_553_174_016, 75_806_404_608],
			['imagefs', 270_553_174_016, 75_806_404_608],
		]);
	});

	test.each([
		[1, 17, 23, 226_990_321, 71_757_824],
		[2, 18, 24, 225_036_705, 72_245_248],
		[3, 18, 24, 228_578_157, 72_720_384],
	] as const)(
		'number %d gives every pod and container, and their sums',
		(number, pods, containers, nanoCores, bytes) => {
			const reading = summary(number);
			const own = reading.containers.filter(({kind}) => kind === 'container');
			expect([reading.pods.length, own.length]).toEqual([pods, containers]);
			expect(own.reduce((sum, {cpu}) => sum + (cpu?.usageCores ?? 0), 0) * 1e9).toBeCloseTo(nanoCores, 0);
			expect(own.reduce((sum, {memory}) => sum + (memory?.workingSetBytes ?? 0), 0)).toBe(bytes);
		},
	);

	test('gives a pod with its sandbox’s network, its storage and its identity', () => {
		expect(podOf(summary(1), 'web-555ccccb85-87qj6')).toMatchObject({
			pod: {namespace: 'shop', uid: '17fe8698-d30f-4be6-b801-61ba6537111d'},
			cpu: {timeMs: 1_795_426_193_000, usageCores: 0.002898836, usageCoreNanoseconds: 547_526_321},
			memory: {workingSetBytes: 1_421_312},
			network: {timeMs: 1_795_426_192_000, rxBytes: 168_966, txBytes: 24_944_040},
			ephemeralStorage: {usedBytes: 348_160},
			processCount: 3,
			isHostNetwork: false,
		});
	});

	test('gives a container with its limit, which is what is available and what is used', () => {
		expect(containersOf(summary(1), 'cache-7ccf49b8db-97w5s')).toMatchObject([
			{
				id: 'cache',
				kind: 'container',
				name: 'cache',
				startTimeMs: 1_795_425_828_000,
				cpu: {usageCores: 0, usageCoreNanoseconds: 50_652_679},
				memory: {
					workingSetBytes: 46_927_872,
					rssBytes: 46_235_648,
					availableBytes: 3_403_776,
					limitBytes: 50_331_648,
					pageFaults: 12_289,
				},
				rootFilesystem: {usedBytes: 28_672},
				logFilesystem: {usedBytes: 4096},
			},
		]);
	});

	test('marks the two pods that are on the host’s network, and no other', () => {
		const names = summary(1)
			.pods.filter(({isHostNetwork}) => isHostNetwork)
			.map(({pod}) => pod.name);
		expect(names.sort()).toEqual(['node-agent-4p4nn', 'static-web-node-a']);
	});

	test('finds the claim behind a volume', () => {
		const claims = summary(1).pods.flatMap(({volumes}) =>
			[...volumes].filter(({claim}) => claim !== undefined),
		);
		expect(claims.map(({name, claim}) => [name, claim])).toEqual([
			['data', {namespace: 'batch', name: 'data'}],
		]);
		expect(summary(1).pods.flatMap(({volumes}) => [...volumes])).toHaveLength(21);
	});

	test('gives the daemons, whose working set of 0 is unknown, but not the sum of all pods', () => {
		const daemons = summary(1).containers.filter(({kind}) => kind === 'system');
		expect(daemons.map(({id}) => id)).toEqual(['system/kubelet', 'system/runtime']);
		expect(daemons.map(({memory}) => memory?.workingSetBytes)).toEqual([undefined, undefined]);
		expect(daemons[0]?.cpu?.usageCores).toBe(0.029054488);
	});

	test('has no pressure on cgroup v1, where the kubelet writes 0', () => {
		const reading = summary(1);
		expect(
			[reading.node, ...reading.pods, ...reading.containers].filter(one => one?.pressure !== undefined),
		).toEqual([]);
	});

	test('of only CPU and memory leaves the rest unknown', () => {
		const reading = decodeSummary(recorded('summary-cpumem-1.json'), 0);
		expect(reading.node).toMatchObject({cpu: {usageCores: 1.339423536}, network: undefined, filesystems: []});
		expect(podOf(reading, 'cache-7ccf49b8db-97w5s')).toMatchObject({network: undefined, volumes: []});
		expect(containersOf(reading, 'cache-7ccf49b8db-97w5s')).toMatchObject([
			{memory: {workingSetBytes: 46_927_872}},
		]);
	});
});

describe('a summary from the field', () => {
	test.each([1.8446744073709552e19, 2 ** 63, -1, '12', true, {}])('has no value where it says %j', value => {
		const reading = decode({container: {memory: {availableBytes: value, workingSetBytes: 7, usageBytes: 9}}});
		expect(reading.containers[0]?.memory).toMatchObject({
			availableBytes: undefined,
			limitBytes: undefined,
			workingSetBytes: 7,
		});
		expect(reading.rejectedValues).toBe(1);
	});

	test('has null where there is no time, object or list', () => {
		const reading = decode({
			node: {
				startTime: null,
				cpu: {time: null, usageNanoCores: 5e8},
				memory: null,
				systemContainers: null,
				fs: null,
			},
			pod: {volume: null, network: null, startTime: null},
		});
		expect(reading.node).toMatchObject({startTimeMs: undefined, cpu: {timeMs: undefined, usageCores: 0.5}});
		expect(decodeSummary('{"node":null,"pods":null}', 0)).toMatchObject({pods: [], containers: []});
		expect(decode({pod: {containers: null}}).containers).toEqual([]);
	});

	test('sums the node’s interfaces where the top level is missing, because none is called eth0', () => {
		const interfaces = [
			{name: 'ens192', rxBytes: 100, txBytes: 10},
			{name: 'ens224', rxBytes: 50, txBytes: 5},
			{name: 'cali123', rxBytes: 9999, txBytes: 9999},
			{name: 'lo', rxBytes: 9999, txBytes: 9999},
		];
		const {node} = decode({node: {network: {time: null, name: '', interfaces}}});
		expect(node?.network).toMatchObject({rxBytes: 150, txBytes: 15, rxErrors: undefined});
		expect(node?.interfaces?.map(({name}) => node.network?.interfaces?.includes(name))).toEqual([true, true]);
	});

	test.each([undefined, null, 1.8446744073709552e19, -1])(
		'has no sum of interfaces while one of them says %j, which would come back as a jump',
		rxBytes => {
			const interfaces = [
				{name: 'eth0', rxBytes: 100, txBytes: 10},
				{name: 'eth1', rxBytes, txBytes: 5},
			];
			const {node} = decode({node: {network: {interfaces}}});
			expect(node?.network).toMatchObject({rxBytes: undefined, txBytes: 15});
		},
	);

	test.each([
		[
			'shares a bridge or an end of a pod with it',
			['eth0', 'cali1', 'cali2'],
			['eth0', 'cali1', 'cali3'],
			true,
		],
		['has its several interfaces', ['eth0', 'eth1'], ['eth0', 'eth1'], true],
		['shares only what every network namespace has', ['eth0', 'tunl0'], ['eth0', 'tunl0'], false],
		['lacks one of its interfaces', ['eth0', 'eth1', 'cni0'], ['eth0', 'cni0'], false],
		['shares none of its interfaces', ['ens5', 'cni0'], ['eth0'], false],
	])('reports whether a pod uses the host’s network: it %s', (_what, nodeNames, podNames, expected) => {
		const network = (names: readonly string[], rxBytes: number) => ({
			interfaces: names.map(name => ({name, rxBytes, txBytes: rxBytes})),
		});
		const reading = decode({
			node: {network: network(nodeNames, 1e9)},
			pod: {network: network(podNames, 5)},
		});
		expect(reading.pods[0]?.isHostNetwork).toBe(expected);
	});

	test('recognises a pod on the host’s network by its counters where both have only one interface', () => {
		const network = (rxBytes: number, txBytes: number) => ({
			name: 'eth0',
			rxBytes,
			txBytes,
			interfaces: [{name: 'eth0', rxBytes, txBytes}],
		});
		const isHostNetwork = (rx: number, tx: number) =>
			decode({node: {network: network(1e9, 2e8)}, pod: {network: network(rx, tx)}}).pods[0]?.isHostNetwork;
		expect([isHostNetwork(1.01e9, 2e8), isHostNetwork(1e9, 1e5), isHostNetwork(5e6, 2e8)]).toEqual([
			true,
			false,
			false,
		]);
	});

	test('of a Windows node has a working set and nothing that was only filled in with 0', () => {
		const memory = {availableBytes: 0, usageBytes: 0, workingSetBytes: 5e9, rssBytes: 0};
		const {node} = decode({node: {memory}});
		expect(node).toMatchObject({
			memory: {
				workingSetBytes: 5e9,
				usageBytes: undefined,
				rssBytes: undefined,
				availableBytes: undefined,
				limitBytes: undefined,
			},
			memoryCapacityBytes: undefined,
		});
	});

	test('with 0 available has no limit: a kubelet writes it before it has read the limit', () => {
		const memory = {availableBytes: 0, usageBytes: 7e6, workingSetBytes: 7e6, rssBytes: 6e6};
		const swap = {swapAvailableBytes: 0, swapUsageBytes: 0};
		const {pods, containers, node} = decode({
			container: {memory, swap},
			pod: {memory, swap},
			node: {memory, swap},
		});
		for (const told of [pods[0], containers[0], node]) {
			expect(told?.memory).toMatchObject({availableBytes: undefined, limitBytes: undefined});
			expect(told?.memory?.workingSetBytes).toBe(7e6);
			expect(told?.swap).toMatchObject({availableBytes: undefined, usageBytes: 0});
		}
	});

	test('with only the size of a volume does not make it full', () => {
		const size = {
			capacityBytes: 1e9,
			availableBytes: 0,
			usedBytes: 0,
			inodes: 1e6,
			inodesFree: 0,
			inodesUsed: 0,
		};
		const full = {...size, usedBytes: 1e9, inodesUsed: 1e6};
		const {pods} = decode({
			pod: {
				volume: [
					{name: 'size', ...size},
					{name: 'full', ...full},
				],
			},
		});
		expect(pods[0]?.volumes).toMatchObject([
			{name: 'size', capacityBytes: 1e9, availableBytes: undefined, inodesFree: undefined},
			{name: 'full', availableBytes: 0, inodesFree: 0},
		]);
	});

	test('has no CPU where the kubelet filled in zeros, because the runtime gave it none', () => {
		const cpu = {time: '2026-01-01T00:00:00Z', usageNanoCores: 0, usageCoreNanoSeconds: 0};
		expect(decode({container: {cpu}}).containers[0]?.cpu).toMatchObject({
			usageCores: undefined,
			usageCoreNanoseconds: undefined,
		});
	});

	test('has one container of a name, the one that started last', () => {
		const containers = [
			{name: 'c', startTime: '2026-01-01T00:00:02Z', cpu: {usageNanoCores: 2e9}},
			{name: 'c', startTime: '2026-01-01T00:00:01Z', cpu: {usageNanoCores: 1e9}},
		];
		expect(decode({pod: {containers}}).containers.map(({cpu}) => cpu?.usageCores)).toEqual([2]);
	});

	test('has one pod of a uid, the one that started last', () => {
		const podRef = {name: 'p', namespace: 's', uid: 'u'};
		const pods = ['2026-01-01T00:00:01Z', '2026-01-01T00:00:02Z'].map((startTime, index) => ({
			podRef,
			startTime,
			memory: {workingSetBytes: index + 1},
		}));
		expect(decodeSummary(JSON.stringify({pods}), 0).pods.map(({memory}) => memory?.workingSetBytes)).toEqual([
			2,
		]);
	});

	test('is not believed when every container that ever ran uses no CPU at all', () => {
		const busy = {cpu: {usageNanoCores: 0, usageCoreNanoSeconds: 5}};
		const containers = [
			{name: 'a', ...busy},
			{name: 'b', ...busy},
		];
		expect(decode({pod: {containers}}).containers.map(({cpu}) => cpu?.usageCores)).toEqual([
			undefined,
			undefined,
		]);
		const one = [
			{name: 'a', ...busy},
			{name: 'b', cpu: {usageNanoCores: 1}},
		];
		expect(decode({pod: {containers: one}}).containers.map(({cpu}) => cpu?.usageCores)).toEqual([0, 1e-9]);
	});

	test('has the pressure of the last ten seconds where the kernel measures it', () => {
		const psi = (total: number, avg10: number) => ({some: {total, avg10}, full: {total: 0, avg10: 0}});
		const reading = decode({
			node: {cpu: {psi: psi(123, 4.5)}},
			container: {memory: {psi: psi(0, 0)}},
		});
		expect(reading.node?.pressure).toMatchObject({
			cpuSomePercent: 4.5,
			cpuFullPercent: 0,
			memorySomePercent: undefined,
		});
		expect(reading.containers[0]?.pressure).toMatchObject({memorySomePercent: 0, cpuSomePercent: undefined});
	});

	test.each([
		['<html>login</html>', 'is not JSON'],
		['{"node":', 'is not JSON'],
		['[]', 'has neither node nor pods'],
		['{"kind":"Status"}', 'has neither node nor pods'],
		['null', 'has neither node nor pods'],
	])('that is none (%s) is refused', (body, reason) => {
		expect(() => decodeSummary(body, 0)).toThrow(
			expect.objectContaining({code: 'bad-answer', message: expect.stringContaining(reason)}),
		);
	});
});

describe('any damage to a recorded summary', () => {
	const whole = JSON.parse(recorded('summary-1.json'));
	// A part of it keeps each of many runs short: a pod with its own network and volumes, one on the host's.
	const names = ['cache-7ccf49b8db-97w5s', 'node-agent-4p4nn', 'archiver'];
	const original: unknown = {
		...whole,
		pods: whole.pods.filter(({podRef}: {podRef: {name: string}}) => names.includes(podRef.name)),
	};
	const size = countOf(original);

	function countOf(value: unknown): number {
		return typeof value === 'object' && value !== null
			? Object.values(value).reduce((sum: number, item) => sum + countOf(item), 1)
			: 1;
	}

	/** Replaces the n-th value of the tree, counted depth first; undefined drops it. */
	function damage(value: unknown, at: {left: number}, replacement: unknown): unknown {
		if (at.left-- === 0) {
			return replacement;
		}

		if (Array.isArray(value)) {
			return value.map(item => damage(item, at, replacement));
		}

		return typeof value === 'object' && value !== null
			? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, damage(item, at, replacement)]))
			: value;
	}

	function numbersOf(value: unknown): number[] {
		if (typeof value === 'number') {
			return [value];
		}

		return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : [];
	}

	/** The numbers of what is left after the damage; undefined where it is no summary any more. */
	function decodeDamaged(at: number, replacement: unknown): number[] | undefined {
		const body = JSON.stringify(damage(original, {left: at}, replacement)) ?? 'null';
		let reading: Reading;
		try {
			reading = decodeSummary(body, 1);
		} catch (error) {
			expect(error).toMatchObject({code: 'bad-answer'});
			return undefined;
		}

		const {rejectedValues, ...rest} = reading;
		expect(rejectedValues).toBeGreaterThanOrEqual(0);
		return numbersOf(rest);
	}

	test('breaks nothing and yields no number that cannot be true', () => {
		const replacement = fc.oneof(fc.constantFrom(-1, 1e19, Number.MAX_VALUE, [null], [[]]), fc.jsonValue());
		fc.assert(
			fc.property(fc.nat({max: size - 1}), replacement, (at, value) => {
				for (const number of decodeDamaged(at, value) ?? []) {
					expect(number >= 0 && number < 2 ** 63).toBe(true);
				}
			}),
			{numRuns: 300},
		);
	});

	test.each([
		['missing', undefined],
		['null', null],
		['negative', -1],
		['of another type', true],
	])('in which any one value is %s makes no number 0', (_what, replacement) => {
		const zerosOf = (numbers: readonly number[] = []) => numbers.filter(number => number === 0).length;
		const zeros = zerosOf(decodeDamaged(-1, undefined));
		expect(zeros).toBeGreaterThan(0);
		for (let at = 0; at < size; at++) {
			expect([at, zerosOf(decodeDamaged(at, replacement)) <= zeros]).toEqual([at, true]);
		}
	});
});
