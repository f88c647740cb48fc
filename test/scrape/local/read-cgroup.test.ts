import {describe, expect, test} from 'vitest';
import type {ContainerReading} from '../../../source/metrics/model/reading.ts';
import {
	HYBRID_MOUNTS,
	id,
	inFolder,
	NOW_MS,
	PROC,
	readMachine,
	type Tree,
	V1_MOUNTS,
	V2_MOUNTS,
} from './machine-tree.ts';

const SERVICE = 'system.slice/web.service';
const UNLIMITED_V1 = '9223372036854771712\n';

async function readService(tree: Tree): Promise<ContainerReading> {
	const {containers} = await readMachine(tree);
	const [container] = containers;
	if (container === undefined || containers.length > 1) {
		throw new Error(`${containers.length} containers`);
	}

	return container;
}

describe('a cgroup of v2', () => {
	const files: Tree = {
		'cpu.stat': `usage_usec 7200000
user_usec 6000000
system_usec 1200000
nr_periods 500
nr_throttled 125
throttled_usec 3400000
nr_bursts 0
burst_usec 0
`,
		'cpu.max': '150000 100000\n',
		'memory.current': '900000000\n',
		'memory.stat': `anon 400000000
file 350000000
kernel 150000000
inactive_anon 1000
inactive_file 250000000
pgfault 4321
pgmajfault 21
`,
		'memory.max': '1000000000\n',
		'memory.swap.current': '65536\n',
		'cpu.pressure':
			'some avg10=20.50 avg60=1.00 avg300=0.10 total=9\nfull avg10=10.25 avg60=0.50 avg300=0.00 total=4\n',
		'memory.pressure':
			'some avg10=0.00 avg60=0.00 avg300=0.00 total=0\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n',
		'io.pressure':
			'some avg10=1.00 avg60=0.00 avg300=0.00 total=2\nfull avg10=0.50 avg60=0.00 avg300=0.00 total=1\n',
		'pids.current': '17\n',
	};
	const machine = (changes: Record<string, string | undefined> = {}): Tree => {
		const kept = Object.entries({...files, ...changes}).filter(
			(entry): entry is [string, string] => entry[1] !== undefined,
		);
		return {
			...PROC,
			'proc/self/mountinfo': V2_MOUNTS,
			...inFolder(`sys/fs/cgroup/${SERVICE}`, Object.fromEntries(kept)),
		};
	};

	test('gives CPU time and throttling in nanoseconds, and the limit in cores', async () => {
		const {cpu, cpuLimitCores, processCount} = await readService(machine());
		expect(cpu).toEqual({
			timeMs: NOW_MS,
			usageCores: undefined,
			usageCoreNanoseconds: 7_200_000_000,
			split: {user: 6_000_000_000, system: 1_200_000_000},
			throttling: {periods: 500, throttledPeriods: 125, throttledNanoseconds: 3_400_000_000},
		});
		expect([cpuLimitCores, processCount]).toEqual([1.5, 17]);
	});

	test('gives the working set as usage less inactive file cache, and what is left of the limit', async () => {
		const {memory, swap} = await readService(machine());
		expect(memory).toEqual({
			timeMs: NOW_MS,
			usageBytes: 900_000_000,
			workingSetBytes: 650_000_000,
			rssBytes: 400_000_000,
			cacheBytes: 350_000_000,
			limitBytes: 1_000_000_000,
			availableBytes: 350_000_000,
			pageFaults: 4321,
			majorPageFaults: 21,
		});
		expect(swap).toEqual({timeMs: NOW_MS, usageBytes: 65_536, availableBytes: undefined});
	});

	test('gives its own pressure, the full share of CPU included', async () => {
		const {pressure} = await readService(machine());
		expect(pressure).toEqual({
			cpuSomePercent: 20.5,
			cpuFullPercent: 10.25,
			memorySomePercent: 0,
			memoryFullPercent: 0,
			ioSomePercent: 1,
			ioFullPercent: 0.5,
		});
	});

	test('without limits has none, and nothing that would be left of them', async () => {
		const {memory, cpuLimitCores} = await readService(
			machine({'cpu.max': 'max 100000\n', 'memory.max': 'max\n'}),
		);
		expect([cpuLimitCores, memory?.limitBytes, memory?.availableBytes]).toEqual([
			undefined,
			undefined,
			undefined,
		]);
		expect(memory?.workingSetBytes).toBe(650_000_000);
	});

	test('without the memory controller has no memory, and still its CPU time', async () => {
		const {memory, swap, cpu} = await readService(
			machine({
				'memory.current': undefined,
				'memory.stat': undefined,
				'memory.max': undefined,
				'memory.swap.current': undefined,
			}),
		);
		expect([memory, swap, cpu?.usageCoreNanoseconds]).toEqual([undefined, undefined, 7_200_000_000]);
	});

	test('without the cpu controller counts its time but no periods', async () => {
		const {cpu, cpuLimitCores} = await readService(
			machine({'cpu.stat': 'usage_usec 5\nuser_usec 3\nsystem_usec 2\n', 'cpu.max': undefined}),
		);
		expect(cpu).toMatchObject({usageCoreNanoseconds: 5000, throttling: undefined});
		expect(cpuLimitCores).toBeUndefined();
	});

	test('whose memory.stat cannot be read has usage but no working set', async () => {
		const {memory} = await readService(machine({'memory.stat': undefined}));
		expect(memory).toMatchObject({
			usageBytes: 900_000_000,
			workingSetBytes: undefined,
			rssBytes: undefined,
			availableBytes: undefined,
		});
	});
});

const CPU_V1: Tree = {
	'cpuacct.usage': '123456789012\n',
	'cpuacct.stat': 'user 10000\nsystem 2345\n',
	'cpu.stat': 'nr_periods 40\nnr_throttled 10\nthrottled_time 2500000000\n',
	'cpu.cfs_quota_us': '50000\n',
	'cpu.cfs_period_us': '100000\n',
};
const MEMORY_V1: Tree = {
	'memory.usage_in_bytes': '500000000\n',
	'memory.memsw.usage_in_bytes': '500300000\n',
	'memory.limit_in_bytes': '800000000\n',
	'memory.stat': `cache 1
rss 2
inactive_file 3
hierarchical_memory_limit 800000000
total_cache 300000000
total_rss 180000000
total_pgfault 777
total_pgmajfault 7
total_inactive_file 120000000
`,
};

describe('a cgroup of v1', () => {
	const machine = (memory: Tree = MEMORY_V1, cpu: Tree = CPU_V1): Tree => ({
		...PROC,
		'proc/self/mountinfo': V1_MOUNTS,
		...inFolder(`sys/fs/cgroup/cpu,cpuacct/${SERVICE}`, cpu),
		...inFolder(`sys/fs/cgroup/memory/${SERVICE}`, memory),
		...inFolder(`sys/fs/cgroup/pids/${SERVICE}`, {'pids.current': '3\n'}),
	});

	test('gives CPU time as the kernel counts it, throttling, and the limit in cores', async () => {
		const {cpu, cpuLimitCores, processCount} = await readService(machine());
		expect(cpu).toEqual({
			timeMs: NOW_MS,
			usageCores: undefined,
			usageCoreNanoseconds: 123_456_789_012,
			split: {user: 100_000_000_000, system: 23_450_000_000},
			throttling: {periods: 40, throttledPeriods: 10, throttledNanoseconds: 2_500_000_000},
		});
		expect([cpuLimitCores, processCount]).toEqual([0.5, 3]);
	});

	test('gives memory of the whole tree below it, and swap apart', async () => {
		const {memory, swap, pressure} = await readService(machine());
		expect(memory).toEqual({
			timeMs: NOW_MS,
			usageBytes: 500_000_000,
			workingSetBytes: 380_000_000,
			rssBytes: 180_000_000,
			cacheBytes: 300_000_000,
			limitBytes: 800_000_000,
			availableBytes: 420_000_000,
			pageFaults: 777,
			majorPageFaults: 7,
		});
		expect(swap?.usageBytes).toBe(300_000);
		expect(pressure).toBeUndefined();
	});

	test('without limits has none, though the kernel writes huge numbers', async () => {
		const {memory, cpuLimitCores} = await readService(
			machine({...MEMORY_V1, 'memory.limit_in_bytes': UNLIMITED_V1}, {...CPU_V1, 'cpu.cfs_quota_us': '-1\n'}),
		);
		expect([memory?.limitBytes, memory?.availableBytes, cpuLimitCores]).toEqual([
			undefined,
			undefined,
			undefined,
		]);
	});

	test('without swap accounting has no swap', async () => {
		const {'memory.memsw.usage_in_bytes': _, ...rest} = MEMORY_V1;
		expect((await readService(machine(rest))).swap).toBeUndefined();
	});

	test('that only the memory controller knows has no CPU time', async () => {
		const {cpu, memory} = await readService({
			...PROC,
			'proc/self/mountinfo': V1_MOUNTS,
			...inFolder(`sys/fs/cgroup/memory/${SERVICE}`, MEMORY_V1),
		});
		expect([cpu, memory?.usageBytes]).toEqual([undefined, 500_000_000]);
	});

	test('is listed once, though several hierarchies have it', async () => {
		const {containers} = await readMachine(machine());
		expect(containers.map(container => container.id)).toEqual([`/${SERVICE}`]);
	});
});

describe('a cgroup of a hybrid machine', () => {
	const unified: Tree = {
		'cpu.stat': 'usage_usec 44\nuser_usec 40\nsystem_usec 4\n',
		'memory.pressure':
			'some avg10=2.00 avg60=0.00 avg300=0.00 total=3\nfull avg10=1.00 avg60=0.00 avg300=0.00 total=2\n',
	};

	test('is counted by v1, with the pressure that v2 reports', async () => {
		const {cpu, memory, pressure} = await readService({
			...PROC,
			'proc/self/mountinfo': HYBRID_MOUNTS,
			...inFolder(`sys/fs/cgroup/cpu,cpuacct/${SERVICE}`, CPU_V1),
			...inFolder(`sys/fs/cgroup/memory/${SERVICE}`, MEMORY_V1),
			...inFolder(`sys/fs/cgroup/unified/${SERVICE}`, unified),
		});
		expect([cpu?.usageCoreNanoseconds, memory?.workingSetBytes]).toEqual([123_456_789_012, 380_000_000]);
		expect(pressure).toMatchObject({memorySomePercent: 2, memoryFullPercent: 1, cpuSomePercent: undefined});
	});

	test('that has no accounting in v1 still has the CPU time that v2 counts', async () => {
		const {cpu, memory} = await readService({
			...PROC,
			'proc/self/mountinfo': HYBRID_MOUNTS,
			...inFolder(`sys/fs/cgroup/unified/${SERVICE}`, unified),
		});
		expect([cpu?.usageCoreNanoseconds, memory]).toEqual([44_000, undefined]);
	});
});

describe('the cgroups that are listed', () => {
	const machine = (...paths: readonly string[]): Tree => ({
		...PROC,
		'proc/self/mountinfo': V2_MOUNTS,
		...Object.fromEntries(paths.map(path => [`sys/fs/cgroup/${path}/cpu.stat`, 'usage_usec 1\n'])),
	});

	test('are containers of every runtime and services, by what their paths say', async () => {
		const {containers} = await readMachine(
			machine(
				`docker/${id('a')}`,
				`system.slice/docker-${id('b')}.scope`,
				`machine.slice/libpod-${id('c')}.scope`,
				'lxc.payload.mail',
				'machine.slice/machine-deb.scope',
				'system.slice/ssh.service',
			),
		);
		expect(containers.map(({kind, name}) => `${kind} ${name}`).sort()).toEqual([
			'container aaaaaaaaaaaa',
			'container bbbbbbbbbbbb',
			'container cccccccccccc',
			'container deb',
			'container mail',
			'service ssh',
		]);
	});

	test('are not slices, sessions, mounts, cgroups within containers, or those that nobody can name', async () => {
		const {containers, pods} = await readMachine(
			machine(
				'user.slice/user-1000.slice/session-3.scope',
				'system.slice/boot.mount',
				'init.scope',
				'batch/job-17',
				`docker/${id('a')}/init.scope`,
			),
		);
		expect(containers.map(container => container.id)).toEqual([`/docker/${id('a')}`]);
		expect(pods).toEqual([]);
	});
});
