import {describe, expect, test} from 'vitest';
import {
	decodeMachine,
	decodeVersion1,
	decodeVersion2,
} from '../../../source/scrape/cadvisor/decode-answers.ts';
import {readHistory} from '../../../source/scrape/cadvisor/read-history.ts';
import {recorded} from './recorded-cadvisor.ts';

const machine = decodeMachine(recorded('v2.1-machine.json'));
const NOW_MS = Date.UTC(2026, 10, 23, 12);
const OPTIONS = {receivedAtMs: NOW_MS, sinceMs: undefined, count: 60};
const API_UID = '49b3cc85-fafc-4442-85dc-101d90959fe3';

const version2 = () =>
	readHistory(
		decodeVersion2(recorded('v2.1-machinestats-1.json'), recorded('v2.1-stats-recursive-count2-1.json')),
		machine,
		OPTIONS,
	).readings;
const version1 = () =>
	readHistory(decodeVersion1(recorded('v1.3-subcontainers-accept-gzip.json')), machine, OPTIONS).readings;

const podOf = (reading: ReturnType<typeof version2>[number] | undefined, uid: string) =>
	reading?.pods.find(({pod}) => pod.uid === uid);
const containerOf = (reading: ReturnType<typeof version2>[number] | undefined, id: string) =>
	reading?.containers.find(container => container.id === id);

describe('version 2.1', () => {
	test('gives one reading for each sample of the machine, as old as they are apart', () => {
		// Stamps .728 and .272 of the seconds 5 and 7.
		expect(version2().map(({receivedAtMs}) => receivedAtMs)).toEqual([NOW_MS - 1544, NOW_MS]);
	});

	test('gives the machine’s CPU, memory, cores and own network', () => {
		expect(version2()[0]?.node).toMatchObject({
			cpu: {
				timeMs: Date.UTC(2026, 10, 23, 9, 34, 5, 728),
				usageCoreNanoseconds: 2_365_622_159_818,
				split: {user: 2_001_770_000_000, system: 363_850_000_000},
			},
			memory: {workingSetBytes: 1_788_092_416, limitBytes: 25_276_510_208},
			// eth0 alone: neither ifb nor the bridge cni0.
			network: {rxBytes: 850_665_223, txBytes: 1_254_123},
			interfaces: [{rxBytes: 850_665_223, txBytes: 1_254_123}],
			cores: [
				{name: '0', busyNanoseconds: 1_175_167_246_873},
				{name: '1', busyNanoseconds: 1_190_454_912_945},
			],
			cpuCapacityCores: 2,
			memoryCapacityBytes: 25_276_510_208,
		});
	});

	test('gives a disk once, however many overlays repeat it, and no memory that pods have mounted', () => {
		expect(version2()[1]?.node?.filesystems).toMatchObject([
			{
				name: '/dev/vda',
				capacityBytes: 270_553_174_016,
				usedBytes: 33_181_286_400,
				availableBytes: 75_763_007_488,
				inodesFree: 16_215_671,
			},
		]);
	});

	test('joins each container’s sample with the machine’s that is nearest', () => {
		const counters = version2().map(
			reading => containerOf(reading, `${API_UID}/api`)?.cpu?.usageCoreNanoseconds,
		);
		expect(counters).toEqual([49_213_728_070, 49_342_552_930]);
	});

	test('gives a container’s memory, limit, faults and throttling', () => {
		expect(containerOf(version2()[0], `${API_UID}/api`)).toMatchObject({
			kind: 'container',
			name: 'api',
			pod: {uid: API_UID, namespace: 'payments', name: 'api-7967f6dff8-xqpx2'},
			image: 'docker.io/library/busybox:1.35',
			startTimeMs: Date.UTC(2026, 10, 23, 9, 23, 49, 601),
			cpu: {
				usageCores: undefined,
				throttling: {periods: 6151, throttledPeriods: 6147, throttledNanoseconds: 303_183_519_878},
			},
			memory: {
				workingSetBytes: 245_760,
				usageBytes: 245_760,
				rssBytes: 61_440,
				cacheBytes: 0,
				limitBytes: 67_108_864,
				availableBytes: 66_863_104,
				pageFaults: 3302,
				majorPageFaults: 0,
			},
			network: undefined,
			processCount: undefined,
			pressure: undefined,
			swap: undefined,
		});
	});

	test('gives pods by their own cgroups, with the network of their sandboxes', () => {
		expect(podOf(version2()[1], API_UID)).toMatchObject({
			pod: {namespace: 'payments', name: 'api-7967f6dff8-xqpx2'},
			cpu: {usageCoreNanoseconds: 49_384_086_257},
			memory: {workingSetBytes: 479_232, limitBytes: 67_108_864, pageFaults: undefined},
			network: {rxBytes: 18_316},
			isHostNetwork: false,
		});
	});

	test('gives no limit where the cgroup has none', () => {
		const pod = podOf(version2()[1], '25946a71-8ace-4068-aca5-647f9e6e68fe');
		expect(pod?.memory).toMatchObject({limitBytes: undefined, availableBytes: undefined});
	});

	test('lists every container of every pod, but no sandbox', () => {
		const [, reading] = version2();
		expect(reading?.pods).toHaveLength(21);
		expect(reading?.containers.filter(({pod}) => pod !== undefined)).toHaveLength(24);
		expect(reading?.pods.filter(({pod}) => pod.namespace === '')).toEqual([]);
		expect(reading?.rejectedValues).toBe(0);
	});

	test('lists a cgroup made by hand, and none that only holds others', () => {
		expect(version2()[1]?.containers.filter(({pod}) => pod === undefined)).toMatchObject([{id: '/t1'}]);
	});

	test('reports which pods use the host’s network', () => {
		const names = version2()[1]?.pods.filter(pod => pod.isHostNetwork);
		expect(names?.map(({pod}) => pod.name).sort()).toEqual(['node-agent-4p4nn', 'static-web-node-a']);
	});
});

describe('version 1.3', () => {
	test('gives the machine with its start', () => {
		expect(version1()).toMatchObject([
			{
				receivedAtMs: NOW_MS,
				node: {
					startTimeMs: Date.UTC(2026, 10, 23, 9, 12, 35, 989),
					cpu: {usageCoreNanoseconds: 2_398_828_606_090},
					memory: {workingSetBytes: 1_786_793_984},
					network: {rxBytes: 850_665_223, txBytes: 1_254_123},
				},
			},
		]);
	});

	test('gives a container’s CPU limit by its quota, and no network out of zero structures', () => {
		const [reading] = version1();
		expect(containerOf(reading, `${API_UID}/api`)).toMatchObject({
			cpu: {usageCoreNanoseconds: 51_920_022_861, throttling: {periods: 6489, throttledPeriods: 6485}},
			cpuLimitCores: 0.08,
			network: undefined,
		});
		expect(podOf(reading, API_UID)).toMatchObject({network: {rxBytes: 18_956, txBytes: 962}});
	});
});

describe('a later visit', () => {
	const history = () =>
		decodeVersion2(recorded('v2.1-machinestats-2.json'), recorded('v2.1-stats-recursive-count2-2.json'));
	const FIRST_MS = Date.UTC(2026, 10, 23, 9, 34, 16, 32);
	const SECOND_MS = Date.UTC(2026, 10, 23, 9, 34, 17, 634);

	test.each([
		['both samples where both are new', FIRST_MS - 1, [FIRST_MS, SECOND_MS]],
		['the one that is new', FIRST_MS, [SECOND_MS]],
		['the newest again where none is new', SECOND_MS, [SECOND_MS]],
	])('returns %s', (_what, sinceMs, expected) => {
		const {readings, newestMs} = readHistory(history(), machine, {...OPTIONS, sinceMs});
		expect(readings.map(({node}) => node?.cpu?.timeMs)).toEqual(expected);
		expect(newestMs).toBe(SECOND_MS);
	});
});

describe('a container sampled at other times than the machine', () => {
	/** The machine is sampled at 0, 10 and 20 s; a counter says at which second it was read. */
	const secondsOf = (...seconds: readonly number[]) => {
		const stats = (of: readonly number[]) =>
			of.map(second => ({
				timestamp: new Date(Date.UTC(2026, 10, 23, 9, 0, 0, second * 1000)).toISOString(),
				cpu: {usage: {total: second}},
			}));
		const body = JSON.stringify([
			{name: '/', spec: {}, stats: stats([0, 10, 20])},
			{name: '/web', spec: {}, stats: stats(seconds)},
		]);
		return readHistory(decodeVersion1(body), machine, OPTIONS).readings.map(
			({containers}) => containers[0]?.cpu?.usageCoreNanoseconds,
		);
	};

	test.each<[string, readonly number[], ReadonlyArray<number | undefined>]>([
		[
			'joins the machine’s sample before it where it is less than half a step later',
			[4.9, 14.9, 24.9],
			[4.9, 14.9, 24.9],
		],
		[
			'joins the machine’s sample after it where it is more than half a step away',
			[5.1, 15.1],
			[undefined, 5.1, 15.1],
		],
		['shows its newest where several lie within a step', [1, 2, 3, 11, 12, 21], [3, 12, 21]],
		['shows the same sample again where it has nothing newer', [1], [1, 1, 1]],
		['shows the newest of all with the machine’s newest, however late', [9, 19, 50], [undefined, 9, 50]],
		['is absent before its first sample', [20], [undefined, undefined, 20]],
	])('%s', (_what, seconds, expected) => {
		expect(secondsOf(...seconds)).toEqual(expected);
	});
});

describe('a pod without a cgroup of its own', () => {
	const at = (second: number) => new Date(Date.UTC(2026, 10, 23, 9, 0, second)).toISOString();
	const sampled = (total: number, second: number) => ({
		timestamp: at(second),
		cpu: {usage: {total}},
		memory: {working_set: total},
	});
	/** `web` has a sample with each of the machine's, `log` its first with the second. */
	const podsOf = (creationTime: string | undefined) =>
		readHistory(
			decodeVersion1(
				JSON.stringify([
					{name: '/', spec: {}, stats: [sampled(1, 0), sampled(2, 10), sampled(3, 20)]},
					{
						name: `/docker/${'a'.repeat(64)}`,
						aliases: ['k8s_web_web-1_shop_u1_0'],
						spec: {},
						stats: [sampled(100, 0), sampled(110, 10), sampled(120, 20)],
					},
					{
						name: `/docker/${'b'.repeat(64)}`,
						aliases: ['k8s_log_web-1_shop_u1_0'],
						spec: {creation_time: creationTime},
						stats: [sampled(7000, 10)],
					},
				]),
			),
			machine,
			OPTIONS,
		).readings.map(({pods}) => [pods[0]?.cpu?.usageCoreNanoseconds, pods[0]?.memory?.workingSetBytes]);

	test('is unknown while one of its containers is, or its counter would leap when that one comes', () => {
		expect(podsOf(undefined)).toEqual([
			[undefined, undefined],
			[7110, 7110],
			[7120, 7120],
		]);
	});

	test('is unknown while the counter of one of its containers cannot be read', () => {
		const body = JSON.stringify([
			{name: '/', spec: {}, stats: [sampled(1, 0)]},
			{
				name: `/docker/${'a'.repeat(64)}`,
				aliases: ['k8s_web_web-1_shop_u1_0'],
				spec: {},
				stats: [sampled(100, 0)],
			},
			{
				name: `/docker/${'b'.repeat(64)}`,
				aliases: ['k8s_log_web-1_shop_u1_0'],
				spec: {},
				stats: [{timestamp: at(0), cpu: {usage: {total: -1}}}],
			},
		]);
		const [reading] = readHistory(decodeVersion1(body), machine, OPTIONS).readings;
		expect(reading?.pods[0]?.cpu?.usageCoreNanoseconds).toBeUndefined();
	});

	test('is known before one of its containers was made', () => {
		expect(podsOf(at(4))).toEqual([
			[100, 100],
			[7110, 7110],
			[7120, 7120],
		]);
	});
});

test('a pod with a cgroup of its own is unknown until that has a sample, since the sum of its containers is less', () => {
	const path = `/kubepods/pod${API_UID}`;
	const stats = (total: number, timestamp: string) => ({timestamp, cpu: {usage: {total}}});
	const body = JSON.stringify([
		{
			name: '/',
			spec: {},
			stats: [stats(1, '2026-11-23T09:34:05Z'), stats(2, '2026-11-23T09:34:15Z')],
		},
		{name: path, spec: {}, stats: [stats(9000, '2026-11-23T09:34:15Z')]},
		{
			name: `${path}/${'a'.repeat(64)}`,
			spec: {},
			stats: [stats(50, '2026-11-23T09:34:05Z'), stats(60, '2026-11-23T09:34:15Z')],
		},
	]);
	const {readings} = readHistory(decodeVersion1(body), machine, OPTIONS);
	expect(readings.map(({pods}) => pods[0]?.cpu?.usageCoreNanoseconds)).toEqual([undefined, 9000]);
});

test.each([
	['first', [0, 1]],
	['last', [1, 0]],
])(
	'of a container and its dead incarnation the newer counts, also where that is listed %s',
	(_what, order) => {
		const incarnations = [
			{made: '2026-11-23T09:30:00Z', total: 5, digit: 'a'},
			{made: '2026-11-23T08:00:00Z', total: 900, digit: 'b'},
		].map(({made, total, digit}) => ({
			name: `/docker/${digit.repeat(64)}`,
			aliases: [`k8s_web_web-1_shop_${API_UID}_0`],
			spec: {creation_time: made},
			stats: [{timestamp: '2026-11-23T09:34:05Z', cpu: {usage: {total}}}],
		}));
		const body = JSON.stringify([
			{name: '/', spec: {}, stats: [{timestamp: '2026-11-23T09:34:05Z'}]},
			...order.map(index => incarnations[index]),
		]);
		const [reading] = readHistory(decodeVersion1(body), machine, OPTIONS).readings;
		expect(reading?.containers.map(({id, cpu}) => [id, cpu?.usageCoreNanoseconds])).toEqual([
			[`${API_UID}/web`, 5],
		]);
	},
);

test('a sum of interfaces is unknown where one of them is, or its counter would leap when that one comes back', () => {
	const interfaces = [
		{name: 'eth0', rx_bytes: 10, tx_bytes: 1},
		{name: 'eth1', rx_bytes: -5, tx_bytes: 2},
	];
	const body = JSON.stringify([{timestamp: '2026-11-23T09:34:05Z', network: {interfaces}}]);
	const [reading] = readHistory(decodeVersion2(body, '{}'), machine, OPTIONS).readings;
	expect(reading).toMatchObject({
		rejectedValues: 1,
		node: {network: {rxBytes: undefined, txBytes: 3, rxErrors: undefined}},
	});
});

test('a pod without a cgroup of its own is the sum of its containers, as Kubernetes before 1.6 made them', () => {
	const stats = (total: number, timestamp: string) => [
		{timestamp, cpu: {usage: {total}}, memory: {usage: total, working_set: total}},
	];
	const id = (digit: string) => `/docker/${digit.repeat(64)}`;
	const body = JSON.stringify([
		{name: '/', spec: {}, stats: stats(9000, '2026-11-23T09:34:05Z')},
		{
			name: id('a'),
			aliases: ['k8s_web_web-1_shop_u1_0'],
			spec: {},
			stats: stats(1000, '2026-11-23T09:34:03Z'),
		},
		{name: id('b'), aliases: ['k8s_POD_web-1_shop_u1_0'], spec: {}, stats: stats(10, '2026-11-23T09:34:05Z')},
	]);
	const {readings} = readHistory(decodeVersion1(body), machine, OPTIONS);
	expect(readings[0]?.containers.map(container => container.id)).toEqual(['u1/web']);
	expect(readings[0]?.pods).toMatchObject([
		{
			pod: {uid: 'u1', namespace: 'shop', name: 'web-1'},
			cpu: {usageCoreNanoseconds: 1010, timeMs: Date.UTC(2026, 10, 23, 9, 34, 4)},
			memory: {workingSetBytes: 1010},
		},
	]);
});
