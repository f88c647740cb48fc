import {describe, expect, test} from 'vitest';
import type {ProcessReading} from '../../../source/metrics/model/reading.ts';
import {cgroupOfProcess} from '../../../source/scrape/local/process-cgroup.ts';
import {parseProcessStat} from '../../../source/scrape/local/process-stat.ts';
import {localTarget} from '../../../source/scrape/local/target.ts';
import {parseUsers} from '../../../source/scrape/local/users.ts';
import {context} from '../scrape-context.ts';
import {addFiles, buildMachine, id, NOW_MS, PROC, type Tree, V2_MOUNTS} from './machine-tree.ts';

/** The fields of /proc/PID/stat up to the resident pages. */
const stat = (pid: number, name: string, {user = 0, system = 0, start = 500} = {}): string =>
	`${pid} (${name}) S 1 ${pid} ${pid} 0 -1 4194304 1 0 0 0 ${user} ${system} 0 0 20 0 1 0 ${start} 1000 256 18446744073709551615\n`;

const WEB_CGROUP = `/docker/${id('a')}`;
const MACHINE: Tree = {
	...PROC,
	'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nwww-data:x:33:33::/var/www:\n',
	'proc/self/mountinfo': V2_MOUNTS,
	[`sys/fs/cgroup${WEB_CGROUP}/cpu.stat`]: 'usage_usec 1\n',
	'proc/41/stat': stat(41, 'web server) (x', {user: 70, system: 30}),
	'proc/41/status': 'Name:\tweb\nUid:\t0\t33\t0\t0\nVmRSS:\t    2048 kB\n',
	'proc/41/cmdline': 'web\0--password\0s3cret\0',
	'proc/41/cgroup': `0::${WEB_CGROUP}/worker\n`,
	'proc/2/stat': stat(2, 'kthreadd'),
	'proc/2/status': 'Name:\tkthreadd\nUid:\t1234\t1234\t0\t0\n',
	'proc/2/cgroup': '0::/\n',
	'proc/9/status': 'Name:\tended\n',
};

async function processesOf(
	detail: 'names' | 'arguments' | undefined,
	root = buildMachine(MACHINE),
): Promise<readonly ProcessReading[] | undefined> {
	const target = localTarget({root, platform: 'linux', now: () => NOW_MS});
	const {readings} = await target.scrape(context({processes: () => detail}));
	return readings[0]?.processes;
}

const byPid = (processes: readonly ProcessReading[] | undefined, pid: number): ProcessReading | undefined =>
	processes?.find(process => process.pid === pid);

describe('the processes of this machine', () => {
	test('are read only where they are asked for', async () => {
		expect(await processesOf(undefined)).toBeUndefined();
	});

	test('have user, CPU time, memory, start and the cgroup they are in', async () => {
		const processes = await processesOf('arguments');
		expect(processes?.map(({pid}) => pid).sort()).toEqual([2, 41]);
		expect(byPid(processes, 41)).toEqual({
			pid: 41,
			parentPid: 1,
			user: 'www-data',
			name: 'web server) (x',
			commandLine: 'web --password s3cret',
			state: 'S',
			startTimeMs: 1_795_434_874_000 + 5000,
			cpuNanoseconds: 1e9,
			meanCpuCores: undefined,
			rssBytes: 2048 * 1024,
			cgroup: `${WEB_CGROUP}/worker`,
		});
	});

	test('that are threads of the kernel have no memory, no arguments and no container', async () => {
		expect(byPid(await processesOf('arguments'), 2)).toMatchObject({
			user: '1234',
			rssBytes: 0,
			commandLine: undefined,
			cgroup: undefined,
		});
	});

	test('keep their arguments for themselves where names were asked for', async () => {
		expect(JSON.stringify(await processesOf('names'))).not.toContain('s3cret');
	});

	test('that run another program have its arguments', async () => {
		const root = buildMachine(MACHINE);
		const target = localTarget({root, platform: 'linux', now: () => NOW_MS});
		const read = async () =>
			(await target.scrape(context({processes: () => 'arguments'}))).readings[0]?.processes;
		await read();
		addFiles(root, {'proc/41/stat': stat(41, 'shell'), 'proc/41/cmdline': 'shell\0-c\0true\0'});
		expect(byPid(await read(), 41)).toMatchObject({name: 'shell', commandLine: 'shell -c true'});
	});
});

describe('/proc/PID/stat', () => {
	test.each([
		['nothing', undefined],
		['an empty file', ''],
		['no name', '12 S 1'],
	])('of %s is no process', (_what, text) => {
		expect(parseProcessStat(text)).toBeUndefined();
	});

	test('that ends early has what is there', () => {
		expect(parseProcessStat('12 (sh) R 7')).toEqual({
			pid: 12,
			parentPid: 7,
			name: 'sh',
			state: 'R',
			cpuTicks: undefined,
			startTicks: undefined,
		});
	});
});

describe('/proc/PID/cgroup', () => {
	test.each([
		['v2', '0::/docker/a\n', '/docker/a'],
		['v1, by the controller of memory', '5:cpu,cpuacct:/x\n4:memory:/docker/a:b\n0::/y\n', '/docker/a:b'],
		[
			'hybrid, where a controller is not used',
			'4:memory:/\n1:name=systemd:/z\n0::/system.slice/ssh.service\n',
			'/system.slice/ssh.service',
		],
		['the root', '4:memory:/\n0::/\n', undefined],
		['nothing', undefined, undefined],
	])('of %s', (_what, text, path) => {
		expect(cgroupOfProcess(text)).toBe(path);
	});
});

test('of several names of a user the first counts', () => {
	expect([...parseUsers('root:x:0:0::/:\ntoor:x:0:0::/:\n\nbad\n')]).toEqual([['0', 'root']]);
});
