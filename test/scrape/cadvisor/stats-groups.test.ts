import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {ContainerReading, Reading} from '../../../source/metrics/model/reading.ts';
import {
	decodeVersion1,
	decodeVersion2,
	type MachineInfo,
} from '../../../source/scrape/cadvisor/decode-answers.ts';
import {readHistory} from '../../../source/scrape/cadvisor/read-history.ts';
import {INTERFACES} from '../../metrics/interface-cases.ts';

const TIME = '2026-11-23T09:34:05Z';
const UID = '25946a71-8ace-4068-aca5-647f9e6e68fe';
const CAPACITY = 8_000_000_000;
const MACHINE: MachineInfo = {
	cores: 4,
	memoryBytes: CAPACITY,
	swapBytes: undefined,
	rootDevice: undefined,
};

type Json = Readonly<Record<string, unknown>>;

const readingOf = (root: Json, cgroups: ReadonlyArray<Json> = [], machine = MACHINE): Reading => {
	const body = JSON.stringify([{name: '/', spec: {}, stats: [{timestamp: TIME, ...root}]}, ...cgroups]);
	const [reading] = readHistory(decodeVersion1(body), machine, {
		receivedAtMs: 1e12,
		sinceMs: undefined,
		count: 1,
	}).readings;
	if (reading === undefined) {
		throw new Error('there is always a reading');
	}

	return reading;
};

const containerOf = (spec: Json, stats: Json, machine = MACHINE): ContainerReading | undefined =>
	readingOf({}, [{name: '/web', spec, stats: [{timestamp: TIME, ...stats}]}], machine).containers[0];

const containerOf2 = (stats: Json): ContainerReading | undefined =>
	readHistory(
		decodeVersion2(
			JSON.stringify([{timestamp: TIME}]),
			JSON.stringify({'/web': {spec: {}, stats: [{timestamp: TIME, ...stats}]}}),
		),
		MACHINE,
		{receivedAtMs: 1e12, sinceMs: undefined, count: 1},
	).readings[0]?.containers[0];

describe('a limit of memory', () => {
	const memory = {usage: 900, working_set: 700};

	test('leaves the rest of it available', () => {
		expect(containerOf({memory: {limit: 1000}}, {memory})?.memory).toMatchObject({
			limitBytes: 1000,
			availableBytes: 300,
		});
	});

	test.each([
		['absent', undefined],
		['0', 0],
		['-1', -1],
		['the machine’s whole memory', CAPACITY],
		['more than the machine’s memory', CAPACITY + 1],
		['cgroup v1’s 2^63 less a page', 9_223_372_036_854_771_712n],
		['2^64 less one', 18_446_744_073_709_551_615n],
	])('that is %s is none, and no damage', (_what, limit) => {
		const spec = JSON.parse(`{"memory": {"limit": ${limit === undefined ? null : String(limit)}}}`);
		const reading = readingOf({}, [{name: '/web', spec, stats: [{timestamp: TIME, memory}]}]);
		expect(reading).toMatchObject({
			rejectedValues: 0,
			containers: [{memory: {limitBytes: undefined, availableBytes: undefined, workingSetBytes: 700}}],
		});
	});

	test('that has no bounds is none even where the machine’s memory is unknown', () => {
		const unknown = {...MACHINE, memoryBytes: undefined};
		const spec = {memory: {limit: 2 ** 63 - 4096}};
		expect(containerOf(spec, {memory}, unknown)?.memory?.limitBytes).toBeUndefined();
	});
});

describe('a limit of CPU', () => {
	test.each([
		['half a core', {quota: 50_000, period: 100_000}, 0.5],
		['none for a quota of -1', {quota: -1, period: 100_000}, undefined],
		['none for a quota of 0', {quota: 0, period: 100_000}, undefined],
		['none without a period', {quota: 50_000}, undefined],
		['none out of shares', {limit: 1024}, undefined],
	])('is %s', (_what, cpu, expected) => {
		expect(containerOf({cpu}, {cpu: {usage: {total: 1}}})?.cpuLimitCores).toBe(expected);
	});
});

test.each([
	['has_cpu', 'cpu', {cpu: {usage: {total: 0}, cfs: {periods: 0}}}],
	['has_memory', 'memory', {memory: {usage: 0, working_set: 0}}],
	['has_network', 'network', {network: {name: 'eth0', rx_bytes: 0, tx_bytes: 0}}],
	['has_filesystem', 'rootFilesystem', {filesystem: [{device: '/dev/vda', usage: 5, base_usage: 5}]}],
] as const)('zero structures of a container without %s are unknown', (flag, group, stats) => {
	expect(containerOf({[flag]: true}, stats)?.[group]).toBeDefined();
	expect(containerOf({[flag]: false}, stats)?.[group]).toBeUndefined();
});

describe('the CPU', () => {
	test('is the counter, even where cAdvisor has a rate of its own', () => {
		const stats = {cpu: {usage: {total: 77}}, cpu_inst: {usage: {total: 250_000_000}}};
		expect(containerOf({}, stats)?.cpu).toMatchObject({usageCoreNanoseconds: 77, usageCores: undefined});
	});

	test('is cAdvisor’s own rate where there is no counter', () => {
		const stats = {cpu: {usage: {}}, cpu_inst: {usage: {total: 250_000_000}}};
		expect(containerOf({}, stats)?.cpu).toMatchObject({
			usageCoreNanoseconds: undefined,
			usageCores: 0.25,
		});
	});

	test('knows no throttling where there were no periods', () => {
		const cfs = {periods: 0, throttled_periods: 0, throttled_time: 0};
		expect(containerOf({}, {cpu: {usage: {total: 1}, cfs}})?.cpu?.throttling).toBeUndefined();
	});
});

describe('the network', () => {
	const interfaces = [
		{name: 'lo', rx_bytes: 1000, tx_bytes: 1000},
		{name: 'eth0', rx_bytes: 20, tx_bytes: 7},
		{name: 'net1', rx_bytes: 3, tx_bytes: 1},
	];

	test('of a container is all its interfaces but the loopback', () => {
		expect(containerOf({}, {network: {interfaces}})?.network).toMatchObject({rxBytes: 23, txBytes: 8});
	});

	test('is the one interface beside the list where there is no list, as before cAdvisor 0.17', () => {
		expect(
			containerOf({}, {network: {name: 'eth0', rx_bytes: 5, tx_bytes: 6, rx_errors: 1}})?.network,
		).toMatchObject({rxBytes: 5, txBytes: 6, rxErrors: 1});
	});

	test('counts the interface beside the list once', () => {
		const network = {name: 'eth0', rx_bytes: 20, tx_bytes: 7, interfaces: interfaces.slice(0, 2)};
		expect(containerOf({}, {network})?.network).toMatchObject({rxBytes: 20, txBytes: 7});
	});

	test.each(INTERFACES)('of the node counts %s once', (_what, names, counted) => {
		const numbered = names.split(' ').map((name, index) => ({name, rx_bytes: 2 ** index, tx_bytes: 1}));
		const expected = counted.split(' ').reduce((sum, name) => sum + 2 ** names.split(' ').indexOf(name), 0);
		expect(readingOf({network: {interfaces: numbered}}).node?.network?.rxBytes).toBe(
			names.startsWith('Ethernet') ? 4 : expected,
		);
	});

	test('of the node leaves out bridges and the host’s ends of pods’ interfaces', () => {
		const more = [...interfaces.slice(0, 2), {name: 'cni0', rx_bytes: 99, tx_bytes: 99}];
		expect(readingOf({network: {interfaces: more}}).node?.network).toMatchObject({rxBytes: 20});
	});

	test('of a container in a pod belongs only to the pod', () => {
		const labels = {
			'io.kubernetes.pod.name': 'p',
			'io.kubernetes.pod.uid': UID,
			'io.kubernetes.container.name': 'c',
		};
		expect(containerOf({labels}, {network: {interfaces}})).toMatchObject({network: undefined});
	});
});

test.each([
	['the same counters is on the host’s network', 1_000_000, true],
	['counters of its own is not', 400_000, false],
])('a pod with one interface of the machine’s name and %s', (_what, rxBytes, expected) => {
	const network = (bytes: number) => ({interfaces: [{name: 'eth0', rx_bytes: bytes, tx_bytes: bytes}]});
	const sandbox = {
		name: `/docker/${'a'.repeat(64)}`,
		aliases: [`k8s_POD_web_shop_${UID}_0`],
		spec: {},
		stats: [{timestamp: TIME, network: network(rxBytes)}],
	};
	expect(readingOf({network: network(1_000_000)}, [sandbox]).pods[0]?.isHostNetwork).toBe(expected);
});

describe('the writable layer of a container', () => {
	test.each([
		['by version 1.3', [{device: '/dev/vda', usage: 900, base_usage: 40}], 40],
		['by version 1.3 without the layer’s own part', [{device: '/dev/vda', usage: 900, base_usage: 0}], 900],
		[
			'of two devices, which could be either',
			[
				{usage: 1, base_usage: 1},
				{usage: 2, base_usage: 2},
			],
			undefined,
		],
		['of a driver that tells nothing', [{device: '/dev/vda', usage: 0, base_usage: 0}], undefined],
	])('%s', (_what, filesystem, expected) => {
		expect(containerOf({}, {filesystem})?.rootFilesystem?.usedBytes).toBe(expected);
	});

	test('by version 2.1', () => {
		const filesystem = {totalUsageBytes: 900, baseUsageBytes: 40, containter_inode_usage: 12};
		expect(containerOf2({filesystem})?.rootFilesystem?.usedBytes).toBe(40);
	});
});

describe('pressure', () => {
	const psi = (total: number, avg10: number) => ({
		some: {total, avg10, avg60: 0, avg300: 0},
		full: {total: 0, avg10: 0},
	});

	test('is the share of the last 10 s', () => {
		const stats = {cpu: {psi: psi(5000, 12.5)}, memory: {psi: psi(0, 0)}, diskio: {psi: psi(70, 0.25)}};
		expect(containerOf({}, stats)?.pressure).toEqual({
			cpuSomePercent: 12.5,
			cpuFullPercent: 0,
			memorySomePercent: 0,
			memoryFullPercent: 0,
			ioSomePercent: 0.25,
			ioFullPercent: 0,
		});
	});

	test('is unknown where all is zero, as the kernel leaves it', () => {
		const stats = {cpu: {psi: psi(0, 0)}, memory: {psi: psi(0, 0)}, diskio: {psi: psi(0, 0)}};
		expect(containerOf({}, stats)?.pressure).toBeUndefined();
	});
});

/** Every field that ktop reads, none of them 0. */
const FULL_STATS = {
	cpu: {
		usage: {total: 11},
		cfs: {periods: 12, throttled_periods: 13, throttled_time: 14},
		psi: {some: {total: 15, avg10: 16}, full: {total: 17, avg10: 18}},
	},
	cpu_inst: {usage: {total: 19}},
	memory: {
		usage: 21,
		working_set: 22,
		rss: 23,
		cache: 24,
		swap: 25,
		hierarchical_data: {pgfault: 26, pgmajfault: 27},
	},
	network: {interfaces: [{name: 'eth0', rx_bytes: 31, tx_bytes: 32, rx_errors: 33, tx_errors: 34}]},
	filesystem: [
		{device: '/dev/vda', capacity: 99, usage: 41, base_usage: 42, available: 43, inodes: 98, inodes_free: 44},
	],
	processes: {process_count: 51},
};

const LEAVES = leavesOf(FULL_STATS);

function leavesOf(value: unknown, path: readonly string[] = []): ReadonlyArray<readonly string[]> {
	return typeof value === 'object' && value !== null
		? Object.entries(value).flatMap(([key, leaf]) => leavesOf(leaf, [...path, key]))
		: [path];
}

/** The same with something else at one leaf; `undefined` takes it away. */
function damagedAt<T>(tree: T, path: readonly string[], value: unknown): T {
	const copy = structuredClone(tree);
	let at = copy as Record<string, unknown>;
	for (const key of path.slice(0, -1)) {
		at = at[key] as Record<string, unknown>;
	}

	at[path.at(-1) ?? ''] = value;
	return copy;
}

function zerosOf(value: unknown): readonly string[] {
	return typeof value === 'object' && value !== null
		? Object.entries(value).flatMap(([key, leaf]) => (leaf === 0 ? [key] : zerosOf(leaf)))
		: [];
}

test('no field that is missing or cannot be read turns into a 0, of the machine, a container or a sum', () => {
	const wrong = fc.constantFrom<unknown>(undefined, null, -1, 1.8e19, '', 'x', '7', [], {}, false);
	fc.assert(
		fc.property(fc.constantFrom(...LEAVES), wrong, (path, value) => {
			const stats = damagedAt(FULL_STATS, path, value);
			const {node, pods, containers} = readingOf(stats, [
				{name: '/web', spec: {memory: {limit: 97}}, stats: [{timestamp: TIME, ...stats}]},
				{
					name: `/docker/${'a'.repeat(64)}`,
					aliases: [`k8s_POD_web_shop_${UID}_0`],
					spec: {},
					stats: [{timestamp: TIME, ...stats}],
				},
			]);
			expect(containers).toHaveLength(1);
			expect(pods).toHaveLength(1);
			expect(zerosOf({node, pods, containers})).toEqual([]);
		}),
		{numRuns: 600},
	);
});

describe('the parts of a machine', () => {
	const usage = {total: 9, per_cpu_usage: [5, 0, -1, 4], user: 6, system: 3};

	test('are its cores, without those that were never used', () => {
		const {node} = readingOf({cpu: {usage}});
		expect(node?.cores).toEqual([
			{name: '0', busyNanoseconds: 5},
			{name: '2', busyNanoseconds: undefined},
			{name: '3', busyNanoseconds: 4},
		]);
		expect(node?.cpu?.split).toEqual({user: 6, system: 3});
	});

	test.each([
		['cgroup v2 has no cores', {total: 9, per_cpu_usage: []}],
		['an old one has neither', {total: 9}],
		['none is read', {total: 9, user: 0, system: 0}],
	])('are unknown where %s', (_why, cpuUsage) => {
		const {node} = readingOf({cpu: {usage: cpuUsage}});
		expect([node?.cores, node?.cpu?.split]).toEqual([undefined, undefined]);
	});

	const vda = {device: '/dev/vda', capacity: 1};
	test.each([
		['API 1', {...vda, sectors_read: 2, sectors_written: 4, io_time: 7}],
		['API 2', {...vda, inline: {sectors_read: 2, sectors_written: 4, io_duration: 7e6}}],
	])('are the disks that hold its file systems, as %s counts them', (_api, device) => {
		const overlay = {device: 'overlay_0-1', sectors_read: 9};
		const unused = {device: '/dev/shm', sectors_read: 0, sectors_written: 0};
		expect(readingOf({filesystem: [overlay, unused, device, device]}).node?.disks).toEqual([
			{name: 'vda', readBytes: 1024, writtenBytes: 2048, busyMs: 7},
		]);
		expect(readingOf({filesystem: [overlay, unused]}).node?.disks).toBeUndefined();
	});
});
