import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {
	accessSync,
	constants,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmdirSync,
	writeFileSync,
} from 'node:fs';
import {homedir, tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import {freePort} from '../../http/free-port.ts';

/** Where `.ci/install-cadvisor` puts it, or what `KTOP_CADVISOR` or `PATH` name. */
export function findCadvisor(): string | undefined {
	const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	const places = [
		process.env.KTOP_CADVISOR ?? '',
		join(cache, 'ktop-tui-ci/cadvisor/usr/bin/cadvisor'),
		...(process.env.PATH ?? '').split(delimiter).map(folder => join(folder, 'cadvisor')),
	];
	return places.find(place => {
		try {
			accessSync(place, constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
}

export type RunningCadvisor = {readonly url: string; readonly stop: () => Promise<void>};

/** cAdvisor 0.38 lists no processes at all while one of them has a blank in its name, so it gets a `ps` without those. */
const PS = '#!/bin/sh\nPATH=$(echo "$PATH" | cut -d: -f2-) ps "$@" | awk \'NF == 13\'\n';

/** Starts one that samples once a second, on a free port of this machine. */
export async function startCadvisor(binary: string): Promise<RunningCadvisor> {
	const port = await freePort();
	const tools = mkdtempSync(join(tmpdir(), 'ktop-ps-'));
	writeFileSync(join(tools, 'ps'), PS, {mode: 0o755});
	const child = spawn(
		binary,
		[
			'-listen_ip=127.0.0.1',
			`-port=${port}`,
			'-housekeeping_interval=1s',
			'-allow_dynamic_housekeeping=false',
			'-global_housekeeping_interval=5s',
		],
		{stdio: 'ignore', env: {...process.env, PATH: `${tools}${delimiter}${process.env.PATH}`}},
	);
	const url = `http://127.0.0.1:${port}`;
	const stop = () => end(child);
	for (let attempt = 0; attempt < 300; attempt++) {
		const isUp = await fetch(`${url}/healthz`).then(
			({ok}) => ok,
			() => false,
		);
		if (isUp) {
			return {url, stop};
		}

		await delay(100);
	}

	await stop();
	throw new Error(`${binary} did not start`);
}

export type BusyCgroup = {
	/** Its path as cAdvisor names it. */
	readonly path: string;
	/** The CPU time that the kernel has counted for it, in seconds. */
	readonly usedSeconds: () => number;
	readonly stop: () => Promise<void>;
};

const QUOTA_US = 50_000;
const PERIOD_US = 100_000;

/** Ends by itself where the test was killed before it could end this. */
const BUSY = 'const end = Date.now() + 180_000; while (Date.now() < end);';

/** A cgroup whose one process would take a whole core, were it not held to half of one by its CFS quota. */
export async function startBusyCgroup(): Promise<BusyCgroup> {
	const name = `ktop-test-${process.pid}-${Date.now()}`;
	const {controllers, cpu, cpuacct, isUnified} = hierarchies();
	const folders = controllers.map(mount => join(mount, name));
	const child = spawn(process.execPath, ['-e', BUSY], {stdio: 'ignore'});
	const stop = async () => {
		await end(child);
		for (const folder of folders) {
			await removeCgroup(folder);
		}
	};
	try {
		if (isUnified) {
			// Fails where the controller is on already in some kernels, and the write below tells if it is off.
			tryWrite(join(cpu, 'cgroup.subtree_control'), '+cpu +memory');
		}

		for (const folder of folders) {
			mkdirSync(folder);
		}

		if (isUnified) {
			writeFileSync(join(cpu, name, 'cpu.max'), `${QUOTA_US} ${PERIOD_US}`);
		} else {
			writeFileSync(join(cpu, name, 'cpu.cfs_period_us'), String(PERIOD_US));
			writeFileSync(join(cpu, name, 'cpu.cfs_quota_us'), String(QUOTA_US));
		}

		for (const folder of folders) {
			writeFileSync(join(folder, 'cgroup.procs'), String(child.pid));
		}
	} catch (error) {
		await stop();
		throw error;
	}

	const usedSeconds = (): number =>
		isUnified
			? Number(/^usage_usec (\d+)$/m.exec(readFileSync(join(cpu, name, 'cpu.stat'), 'utf8'))?.[1]) / 1e6
			: Number(readFileSync(join(cpuacct, name, 'cpuacct.usage'), 'utf8')) / 1e9;
	return {path: `/${name}`, usedSeconds, stop};
}

/** Mounts of the cgroup controllers that cAdvisor needs, each once; version 2 has one for all. */
function hierarchies(): {
	readonly controllers: readonly string[];
	readonly cpu: string;
	readonly cpuacct: string;
	readonly isUnified: boolean;
} {
	const mounts = readFileSync('/proc/mounts', 'utf8')
		.split('\n')
		.map(line => line.split(' '));
	const mountOf = (controller: string) =>
		mounts.find(([, , type, options]) => type === 'cgroup' && options?.split(',').includes(controller))?.[1];
	const cpu = mountOf('cpu');
	if (cpu !== undefined) {
		const found = ['cpu', 'cpuacct', 'memory'].map(mountOf).filter(mount => mount !== undefined);
		return {controllers: [...new Set(found)], cpu, cpuacct: mountOf('cpuacct') ?? cpu, isUnified: false};
	}

	const unified = mounts.find(([, , type]) => type === 'cgroup2')?.[1];
	if (unified === undefined) {
		throw new Error('no cgroup hierarchy is mounted');
	}

	return {controllers: [unified], cpu: unified, cpuacct: unified, isUnified: true};
}

function tryWrite(path: string, text: string): void {
	try {
		writeFileSync(path, text);
	} catch {
		// As said where it is called.
	}
}

/** The kernel lets go of a cgroup a moment after its last process has ended. */
async function removeCgroup(folder: string): Promise<void> {
	for (let attempt = 0; attempt < 50 && existsSync(folder); attempt++) {
		try {
			rmdirSync(folder);
		} catch {
			await delay(50);
		}
	}
}

async function end(child: ChildProcess): Promise<void> {
	if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
		const ended = once(child, 'exit');
		child.kill('SIGKILL');
		await ended;
	}
}
