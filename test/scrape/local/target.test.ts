import {mkdirSync, renameSync, rmSync} from 'node:fs';
import {cpus, hostname, totalmem} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {localTarget} from '../../../source/scrape/local/target.ts';
import {takeTurns} from '../../../source/scrape/local/turns.ts';
import {context} from '../scrape-context.ts';
import {
	addFiles,
	buildMachine,
	HYBRID_MOUNTS,
	id,
	inFolder,
	NOW_MS,
	PROC,
	scrapeMachine,
	type Tree,
	V1_MOUNTS,
	V2_MOUNTS,
} from './machine-tree.ts';

const signal = new AbortController().signal;
const machine: Tree = {
	...PROC,
	'proc/self/mountinfo': V2_MOUNTS,
	[`sys/fs/cgroup/docker/${id('a')}/cpu.stat`]: 'usage_usec 1\n',
};

describe('the target of this machine', () => {
	test('is named by the machine unless told otherwise', () => {
		expect(localTarget()).toMatchObject({id: 'local', name: hostname(), naturalIntervalMs: 2000});
		expect(localTarget({hostname: 'desk'}).name).toBe('desk');
	});

	test('says which route its one reading came by, and when', async () => {
		const {readings, route, degraded} = await scrapeMachine(machine);
		expect(readings).toHaveLength(1);
		expect(readings[0]).toMatchObject({
			receivedAtMs: NOW_MS,
			stampResolutionMs: 1,
			rejectedValues: 0,
			node: {filesystems: [{name: '/', timeMs: NOW_MS}]},
		});
		expect([route, degraded]).toEqual([{kind: 'local'}, undefined]);
	});

	test('refuses where there is no /proc', async () => {
		await expect(scrapeMachine({'etc/passwd': ''})).rejects.toMatchObject({
			name: 'KtopError',
			code: 'unsupported',
			brief: 'no /proc',
		});
	});

	test('says so where no cgroups are mounted, and shows the machine all the same', async () => {
		const {readings, degraded} = await scrapeMachine(PROC);
		expect(degraded).toMatchObject({code: 'unsupported', brief: 'no cgroups mounted'});
		expect(readings[0]?.node?.cpu).toBeDefined();
	});

	test('stops on abort', async () => {
		const target = localTarget({root: buildMachine(machine), platform: 'linux'});
		await expect(target.scrape(context({signal: AbortSignal.abort()}))).rejects.toMatchObject({
			name: 'KtopError',
			code: 'aborted',
		});
	});

	test('never gives words of failure that a cell of a table cannot hold', async () => {
		const {degraded} = await scrapeMachine(PROC);
		const elsewhere = await localTarget({platform: 'darwin'}).scrape(context({signal}));
		expect([degraded, elsewhere.degraded].map(failure => (failure?.brief.length ?? 99) <= 24)).toEqual([
			true,
			true,
		]);
	});
});

describe('on another system than Linux, the target', () => {
	test('reports the figures that Node has, and that containers need Linux', async () => {
		const {readings, degraded} = await localTarget({platform: 'darwin', now: () => NOW_MS}).scrape(
			context({signal}),
		);
		expect(readings[0]).toMatchObject({
			pods: [],
			containers: [],
			node: {
				cpuCapacityCores: cpus().length,
				memoryCapacityBytes: totalmem(),
				network: undefined,
				filesystems: [{name: '/', timeMs: NOW_MS}],
			},
		});
		expect(degraded?.code).toBe('unsupported');
		expect(degraded?.message).toContain('cgroups of Linux, which macOS does not have');
	});

	test('has CPU time that grows with work', async () => {
		const target = localTarget({platform: 'darwin'});
		const busy = async () =>
			(await target.scrape(context({signal}))).readings[0]?.node?.cpu?.usageCoreNanoseconds ?? Number.NaN;
		const before = await busy();
		const untilMs = performance.now() + 300;
		while (performance.now() < untilMs) {
			// Burn what is to be counted.
		}

		expect((await busy()) - before).toBeGreaterThan(50e6);
	});

	test.each([
		['darwin', false],
		['freebsd', false],
		['win32', true],
	])('%s: knows a working set: %s', async (platform, isKnown) => {
		const {readings} = await localTarget({platform}).scrape(context({signal}));
		const memory = readings[0]?.node?.memory;
		expect(memory?.usageBytes).toBeGreaterThan(0);
		expect(memory?.workingSetBytes !== undefined).toBe(isKnown);
	});
});

describe('from one reading to the next', () => {
	const folder = `sys/fs/cgroup/docker/${id('a')}`;
	const open = (tree: Tree) => {
		const root = buildMachine(tree);
		let nowMs = NOW_MS;
		const target = localTarget({root, platform: 'linux', now: () => nowMs});
		return {
			root,
			pass: (durationMs: number): void => {
				nowMs += durationMs;
			},
			read: async () => (await target.scrape(context({signal}))).readings[0]?.containers[0],
		};
	};

	test('a container keeps its start time, though its cgroup’s folder changes', async () => {
		const {root, read} = open(machine);
		const first = await read();
		mkdirSync(join(root, folder, 'child'));
		expect(first?.startTimeMs).toBeGreaterThan(Date.now() - 60_000);
		expect((await read())?.startTimeMs).toBe(first?.startTimeMs);
	});

	test('a container that was recreated at the same path has another start time', async () => {
		const {root, read} = open(machine);
		const first = await read();
		await new Promise(resolve => setTimeout(resolve, 20));
		renameSync(join(root, folder), join(root, 'old'));
		addFiles(root, inFolder(folder, {'cpu.stat': 'usage_usec 1\n'}));
		expect((await read())?.startTimeMs).toBeGreaterThan(first?.startTimeMs ?? Number.NaN);
	});

	test('a container keeps the name that was found once', async () => {
		const config = `var/lib/docker/containers/${id('a')}/config.v2.json`;
		const {root, read} = open({...machine, [config]: '{"Name":"/mail"}'});
		expect((await read())?.name).toBe('mail');
		rmSync(join(root, config));
		expect((await read())?.name).toBe('mail');
	});

	test('a name that was missing is looked for again, but not at every reading', async () => {
		const {root, read, pass} = open(machine);
		expect((await read())?.name).toBe('aaaaaaaaaaaa');
		addFiles(root, {[`var/lib/docker/containers/${id('a')}/config.v2.json`]: '{"Name":"/mail"}'});
		pass(2000);
		expect((await read())?.name).toBe('aaaaaaaaaaaa');
		pass(8000);
		expect((await read())?.name).toBe('mail');
	});
});

describe('a service’s start time', () => {
	test.each([
		['v1', V1_MOUNTS, 'sys/fs/cgroup/memory'],
		['v2', V2_MOUNTS, 'sys/fs/cgroup'],
		['hybrid, without accounting', HYBRID_MOUNTS, 'sys/fs/cgroup/unified'],
	])('is found in whatever hierarchy has its cgroup: %s', async (_version, mounts, hierarchy) => {
		const {readings} = await scrapeMachine({
			...PROC,
			'proc/self/mountinfo': mounts,
			[`${hierarchy}/system.slice/web.service/`]: '',
		});
		expect(readings[0]?.containers[0]?.startTimeMs).toBeGreaterThan(Date.now() - 60_000);
	});
});

describe('reading in turns', () => {
	test('lets other work run once a turn is used up', async () => {
		const giveWay = takeTurns(signal, 0);
		let hasRun = false;
		setImmediate(() => {
			hasRun = true;
		});
		await giveWay();
		expect(hasRun).toBe(true);
	});

	test('costs no wait before that', () => {
		expect(takeTurns(signal, 60_000)()).toBeUndefined();
	});
});
