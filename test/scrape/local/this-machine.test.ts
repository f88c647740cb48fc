import {execFileSync, spawn} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {describe, expect, onTestFinished, test} from 'vitest';
import type {Reading} from '../../../source/metrics/model/reading.ts';
import {localTarget} from '../../../source/scrape/local/target.ts';
import {context} from '../scrape-context.ts';

const WINDOW_MS = 1000;

async function read(): Promise<Reading> {
	const {readings} = await localTarget().scrape(context());
	const [reading] = readings;
	if (reading === undefined) {
		throw new Error('no reading');
	}

	return reading;
}

/** A process that keeps one core busy, ends by itself after a minute, and is ended with the test. */
async function startBusyProcess(): Promise<number> {
	const code = 'const end = Date.now() + 60_000; process.send("up"); while (Date.now() < end);';
	const child = spawn(process.execPath, ['-e', code], {stdio: ['ignore', 'ignore', 'ignore', 'ipc']});
	const exited = new Promise(resolve => child.once('exit', resolve));
	onTestFinished(async () => {
		child.kill('SIGKILL');
		await exited;
	});
	await new Promise(resolve => child.once('message', resolve));
	if (child.pid === undefined) {
		throw new Error('no process');
	}

	return child.pid;
}

const awk = (program: string, file: string): number =>
	Number(execFileSync('env', ['awk', program, file], {encoding: 'utf8'}));

/**
 * Reads twice, and looks at a counter of ticks before and after each reading. What it counted between the readings is at
 * least `least` seconds and at most `most`, however long any of these steps took.
 */
async function readBetween<T>(read: () => Promise<T>, ticks: () => number) {
	const first = ticks();
	const before = await read();
	const second = ticks();
	await pause(WINDOW_MS);
	const third = ticks();
	const after = await read();
	return {before, after, least: (third - second) / 100, most: (ticks() - first) / 100};
}

// Each figure is read a second time by other means: awk, stat(1), getconf(1), and a process' own times.
describe.skipIf(process.platform !== 'linux')('this very machine', () => {
	test('has the memory that /proc/meminfo adds up to', async () => {
		const {node} = await read();
		const workingSetKib = awk(
			'/^(AnonPages|Cached|Buffers|SwapCached):/ {s += $2} /^Inactive\\(file\\):/ {s -= $2} END {print s}',
			'/proc/meminfo',
		);
		const ratio = (node?.memory?.workingSetBytes ?? Number.NaN) / (workingSetKib * 1024);
		expect(ratio).toBeGreaterThan(0.95);
		expect(ratio).toBeLessThan(1.05);
		expect(node?.memoryCapacityBytes).toBe(awk('/^MemTotal:/ {print $2}', '/proc/meminfo') * 1024);
	});

	test('has the CPUs and the boot time that others see', async () => {
		const {node} = await read();
		const online = execFileSync('getconf', ['_NPROCESSORS_ONLN'], {encoding: 'utf8'});
		expect(node?.cpuCapacityCores).toBe(Number(online));
		expect(node?.startTimeMs).toBe(awk('/^btime/ {print $2}', '/proc/stat') * 1000);
	});

	test('has ticks of the length that ktop takes them for', () => {
		expect(execFileSync('getconf', ['CLK_TCK'], {encoding: 'utf8'}).trim()).toBe('100');
	});

	test('has a root file system of the size that stat(1) prints', async context => {
		const {node} = await read();
		const root = node?.filesystems.find(({name}) => name === '/');
		if (root === undefined) {
			context.skip('the root is not on a disk here');
			return;
		}

		const [size, blocks, inodes] = execFileSync('stat', ['-f', '-c', '%S %b %c', '/'], {encoding: 'utf8'})
			.split(' ')
			.map(Number);
		expect(root.capacityBytes).toBe((size ?? Number.NaN) * (blocks ?? Number.NaN));
		expect(root.inodes ?? 0).toBe(inodes);
	});

	test('is as busy as /proc/stat says while a process burns a core', async () => {
		await startBusyProcess();
		const busyTicks = (): number => awk('/^cpu / {print $2 + $3 + $4 + $7 + $8 + $9; exit}', '/proc/stat');
		const {before, after, least, most} = await readBetween(read, busyTicks);
		const seconds = ((after.node?.cpu?.timeMs ?? 0) - (before.node?.cpu?.timeMs ?? 0)) / 1000;
		const busySeconds =
			((after.node?.cpu?.usageCoreNanoseconds ?? 0) - (before.node?.cpu?.usageCoreNanoseconds ?? 0)) / 1e9;
		expect(busySeconds).toBeGreaterThan(least - 0.011);
		expect(busySeconds).toBeLessThan(most + 0.011);
		expect(busySeconds / seconds).toBeGreaterThan(0.4);
	});

	test.for([
		['v1', 'cpuacct'],
		['v2', ''],
	])(
		'counts the CPU time of a process in a cgroup of %s',
		async ([version = '', controller = ''], context) => {
			const hierarchy = findWritableHierarchy(controller);
			if (hierarchy === undefined) {
				context.skip(
					`no cgroup of ${version} can be made here: that takes root, and ktop at the hierarchy’s root`,
				);
				return;
			}

			const name = `docker/${randomBytes(32).toString('hex')}`;
			makeCgroup(hierarchy, name);
			const pid = await startBusyProcess();
			writeFileSync(join(hierarchy, name, 'cgroup.procs'), String(pid));
			const usedTicks = (): number => awk('{print $14 + $15}', `/proc/${pid}/stat`);
			const find = async () => (await read()).containers.find(container => container.id === `/${name}`);

			const {before, after, least, most} = await readBetween(find, usedTicks);
			const usedSeconds =
				((after?.cpu?.usageCoreNanoseconds ?? 0) - (before?.cpu?.usageCoreNanoseconds ?? 0)) / 1e9;
			expect(usedSeconds).toBeGreaterThan(least - 0.03);
			expect(usedSeconds).toBeLessThan(most + 0.03);
			expect(after?.name).toBe(name.slice(7, 19));
			expect(after?.startTimeMs).toBe(before?.startTimeMs);
		},
	);
});

/** Where this process is at the root itself, so that moving a child takes it out of nobody's limits. */
function findWritableHierarchy(controller: string): string | undefined {
	const own = readFileSync('/proc/self/cgroup', 'utf8')
		.split('\n')
		.map(line => line.split(':'))
		.find(([, names]) => names?.split(',').includes(controller));
	const type = controller === '' ? 'cgroup2' : 'cgroup';
	const mount = readFileSync('/proc/mounts', 'utf8')
		.split('\n')
		.map(line => line.split(' '))
		.find(
			([, , kind, options]) =>
				kind === type && (controller === '' || options?.split(',').includes(controller)),
		);
	const folder = mount?.[1];
	return process.getuid?.() === 0 && own?.[2] === '/' && mount?.[3]?.startsWith('rw') ? folder : undefined;
}

/** Cgroups can be removed only when the last process is gone, hence before the process is started (last made, first ended). */
function makeCgroup(hierarchy: string, name: string): void {
	const parent = join(hierarchy, name, '..');
	const isParentOurs = !existsSync(parent);
	mkdirSync(join(hierarchy, name), {recursive: true});
	onTestFinished(async () => {
		for (const folder of [join(hierarchy, name), ...(isParentOurs ? [parent] : [])]) {
			for (let attempt = 0; existsSync(folder) && attempt < 50; attempt++) {
				try {
					rmdirSync(folder);
				} catch {
					await pause(20);
				}
			}
		}
	});
}
