import {fork} from 'node:child_process';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {openKtop} from '../e2e/ktop.ts';
import {keyLatencies, percentile} from './key-latencies.ts';
import {cpuSeconds, mainThreadSeconds, residentMiB} from './rig/cpu-seconds.ts';
import {RIG_CA, type Rig, startRig} from './rig/start-rig.ts';

// What a node costs, from few nodes to thousands: `npm run bench:scale`, or with the numbers of nodes as arguments.

const INTERVAL_MS = 10_000;
/** Rounds before the measurement: connections, first readings, compilation. */
const WARM_UP_ROUNDS = 3;
const ROUNDS = 3;
const KEYS = 200;
const SECONDS = (ROUNDS * INTERVAL_MS) / 1000;

type Cost = {
	readonly visits: number;
	readonly msAVisit: number;
	/** What of it the main thread took, which draws the screen and answers keys. */
	readonly mainMsAVisit: number;
	readonly keyP95Ms: number;
	readonly residentMiB: number;
	readonly share: number;
};

/** The screen of ktop at 200x60, all nodes read once an interval. */
async function costOfScreen(rig: Rig): Promise<Cost> {
	const terminal = openKtop(
		[
			'--interval',
			`${INTERVAL_MS / 1000}s`,
			'--kubelet-server-name',
			'localhost',
			'--request-timeout',
			'30s',
		],
		{columns: 200, rows: 60, environment: {KUBECONFIG: rig.kubeconfig}},
	);
	try {
		await terminal.until('nodes', screen => screen.includes('rig-'), 60_000);
		await setTimeout(INTERVAL_MS * WARM_UP_ROUNDS);
		const [before, cpuBefore, mainBefore] = [
			await rig.counts(),
			cpuSeconds(terminal.pid),
			mainThreadSeconds(terminal.pid),
		];
		await setTimeout(SECONDS * 1000);
		const [after, cpuAfter, mainAfter] = [
			await rig.counts(),
			cpuSeconds(terminal.pid),
			mainThreadSeconds(terminal.pid),
		];
		const visits = after.served - before.served;
		const latencies = await keyLatencies(terminal, ['j', 'j', 'k', '\u001B[6~', '\u001B[5~', 'G', 'g'], KEYS);
		return {
			visits,
			mainMsAVisit: ((mainAfter - mainBefore) * 1000) / visits,
			keyP95Ms: percentile(latencies, 0.95),
			msAVisit: ((cpuAfter - cpuBefore) * 1000) / visits,
			residentMiB: residentMiB(terminal.pid),
			share: (cpuAfter - cpuBefore) / SECONDS,
		};
	} finally {
		terminal.close();
	}
}

async function costOfBareReader(rig: Rig): Promise<number> {
	const folder = mkdtempSync(join(tmpdir(), 'ktop-scale-'));
	const file = join(folder, 'reader.json');
	writeFileSync(
		file,
		JSON.stringify({ports: rig.ports, ca: RIG_CA, seconds: SECONDS, intervalMs: INTERVAL_MS}),
	);
	const child = fork(join(import.meta.dirname, 'rig/bare-reader.mjs'), [file], {execArgv: []});
	const {visits, cpuMs} = await new Promise<{readonly visits: number; readonly cpuMs: number}>(
		(resolve, reject) => {
			child.once('message', (counts: {visits: number; cpuMs: number}) => resolve(counts));
			child.once('error', reject);
			child.once('exit', code => reject(new Error(`the bare reader ended with ${code}`)));
		},
	);
	return cpuMs / visits;
}

const sizes = process.argv.slice(2).map(Number);
console.log(
	'| nodes | visits/s | CPU ms a visit | of the main thread | bare GET + JSON.parse | ratio | cores | resident MiB | key p95 ms | rig CPU ms a visit |',
);
console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
for (const nodes of sizes.length === 0 ? [10, 100, 1000, 5000] : sizes) {
	const rig = await startRig({nodes});
	const bare = await costOfBareReader(rig);
	const cost = await costOfScreen(rig);
	const counts = await rig.counts();
	rig.close();
	console.log(
		`| ${nodes} | ${(cost.visits / SECONDS).toFixed(0)} | ${cost.msAVisit.toFixed(2)} | ${cost.mainMsAVisit.toFixed(2)} | ${bare.toFixed(2)} | ${(cost.msAVisit / bare).toFixed(2)} | ${cost.share.toFixed(2)} | ${cost.residentMiB.toFixed(0)} | ${cost.keyP95Ms.toFixed(0)} | ${(counts.cpuMs / counts.served).toFixed(2)} |`,
	);
}

process.exit(0);
