import {type ChildProcess, spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {CLI} from '../e2e/ktop.ts';
import {cpuSeconds} from './rig/cpu-seconds.ts';
import {RIG_CA, type Rig, startRig} from './rig/start-rig.ts';

const WATCHED_EVERY_MS = 10;
/** `kubectl` is a process a node: so many stand for all. */
const KUBECTL_NODES = 50;
const AT_ONCE = 32;

type Spent = {readonly seconds: number; readonly cpuSeconds: number; readonly mostMiB: number};

/** One `ktop --json` of all nodes beside the same GETs by curl and by kubectl, as rows of a table. */
export async function compareJson(nodes: number): Promise<readonly string[]> {
	const rig = await startRig({nodes});
	try {
		const ktop = await spentOn(process.execPath, [CLI, '--json', '--kubelet-server-name', 'localhost'], {
			KUBECONFIG: rig.kubeconfig,
		});
		const curl = await spentOn('curl', ['--config', curlConfig(rig)]);
		const some = rig.ports.slice(0, KUBECTL_NODES);
		let kubectl: Spent = {seconds: 0, cpuSeconds: 0, mostMiB: 0};
		for (const port of some) {
			const one = await spentOn('kubectl', kubectlArguments(port), {KUBECONFIG: rig.kubeconfig});
			kubectl = {
				seconds: kubectl.seconds + one.seconds,
				cpuSeconds: kubectl.cpuSeconds + one.cpuSeconds,
				mostMiB: Math.max(kubectl.mostMiB, one.mostMiB),
			};
		}

		const share = nodes / some.length;
		return [
			'| command | seconds | CPU seconds | most resident MiB |',
			'| --- | ---: | ---: | ---: |',
			line(`\`ktop --json\`, ${nodes} nodes with their pods from the API server`, ktop),
			line(`\`curl --parallel --parallel-max ${AT_ONCE}\`, the kubelets alone, nothing parsed`, curl),
			line(`\`kubectl get --raw\` one after the other, of ${some.length} x ${share}`, {
				seconds: kubectl.seconds * share,
				cpuSeconds: kubectl.cpuSeconds * share,
				mostMiB: kubectl.mostMiB,
			}),
		];
	} finally {
		rig.close();
	}
}

function line(name: string, {seconds, cpuSeconds, mostMiB}: Spent): string {
	return `| ${name} | ${seconds.toFixed(1)} | ${cpuSeconds.toFixed(1)} | ${mostMiB.toFixed(0)} |`;
}

function curlConfig(rig: Rig): string {
	const file = join(mkdtempSync(join(tmpdir(), 'ktop-scale-')), 'curl');
	const urls = rig.ports.map(
		port => `url = "https://localhost:${port}/stats/summary"\noutput = "/dev/null"\n`,
	);
	writeFileSync(
		file,
		`parallel\nparallel-max = ${AT_ONCE}\nsilent\nno-progress-meter\ncacert = "${RIG_CA}"\n${urls.join('')}`,
	);
	return file;
}

function kubectlArguments(port: number): readonly string[] {
	return [
		`--server=https://localhost:${port}`,
		`--certificate-authority=${RIG_CA}`,
		'get',
		'--raw',
		'/stats/summary',
	];
}

/** Of one process; throws where it fails. */
function spentOn(
	file: string,
	args: readonly string[],
	environment: Readonly<Record<string, string>> = {},
): Promise<Spent> {
	return new Promise((resolve, reject) => {
		const startMs = performance.now();
		const child = spawn(file, args, {
			env: {...process.env, ...environment},
			stdio: ['ignore', 'ignore', 'inherit'],
		});
		let last = {cpuSeconds: 0, mostMiB: 0};
		const timer = setInterval(() => {
			const now = seen(child);
			// Threads of ktop end before it does, and are then no longer counted.
			last = now === undefined ? last : {...now, cpuSeconds: Math.max(now.cpuSeconds, last.cpuSeconds)};
		}, WATCHED_EVERY_MS);
		child.on('error', reject);
		child.on('exit', code => {
			clearInterval(timer);
			if (code === 0) {
				resolve({...last, seconds: (performance.now() - startMs) / 1000});
			} else {
				reject(new Error(`${file} ended with ${code}`));
			}
		});
	});
}

/** What /proc says of a process; undefined once it has ended. */
function seen({pid}: ChildProcess): Omit<Spent, 'seconds'> | undefined {
	try {
		const [, kibibytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
		return pid === undefined || kibibytes === undefined
			? undefined
			: {cpuSeconds: cpuSeconds(pid), mostMiB: Number(kibibytes) / 1024};
	} catch {
		return undefined;
	}
}
