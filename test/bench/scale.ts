import {fork} from 'node:child_process';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {parseArgs} from 'node:util';
import {KEPT_OF_NODE, SERIES_OF} from '../../source/metrics/model/series.ts';
import {openKtop} from '../e2e/ktop.ts';
import {keyLatencies, percentile} from './key-latencies.ts';
import type {RigSize} from './rig/churn.ts';
import {cpuSeconds, mainThreadSeconds, residentMiB} from './rig/cpu-seconds.ts';
import {RIG_CA, type Rig, startRig} from './rig/start-rig.ts';
import {warmUp} from './rig/warm-up.ts';
import {compareJson} from './scale-json.ts';
import {compareRecord} from './scale-record.ts';
import {HEAD, withRow, writeTable} from './scale-table.ts';

// What a node costs, from few nodes to thousands: `npm run bench:scale`, or with the numbers of nodes as arguments.
// `--containers 40` is how many a node has, `--rounds 1` measures for one interval instead of three, `--settle 6` begins so many
// intervals later, when late rounds have made ktop read less of nodes off the screen, `--json` compares one
// snapshot, `--record` a recorder into a file, `--record-store` one into InfluxDB, and `--write` puts what comes out into README.md.

const {values, positionals} = parseArgs({
	options: {
		containers: {type: 'string', default: '60'},
		rounds: {type: 'string', default: '3'},
		settle: {type: 'string', default: '0'},
		json: {type: 'boolean', default: false},
		record: {type: 'boolean', default: false},
		'record-store': {type: 'boolean', default: false},
		write: {type: 'boolean', default: false},
	},
	allowPositionals: true,
});

const INTERVAL_MS = 10_000;
const ROUNDS = Number(values.rounds);
const KEYS = 200;
/** One run takes less: what would take longer is left to the next one. */
const MOST_SECONDS = 285;
/** What the largest size takes alone. */
const LONGEST_SECONDS = 200;
/** The moments of the default window, and of which a ring has room after these rounds. */
const WINDOW_MOMENTS = 91;
const FIRST_MOMENTS = 8;
const SECONDS = (ROUNDS * INTERVAL_MS) / 1000;

type Cost = {
	readonly visits: number;
	/** The share of them that read CPU and memory alone. */
	readonly lessShare: number;
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
		await warmUp(rig, INTERVAL_MS);
		await setTimeout(Number(values.settle) * INTERVAL_MS);
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
			lessShare: (after.servedLess - before.servedLess) / visits,
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

async function costOfBareReader(
	rig: Rig,
): Promise<{readonly msAVisit: number; readonly residentMiB: number}> {
	const folder = mkdtempSync(join(tmpdir(), 'ktop-scale-'));
	const file = join(folder, 'reader.json');
	writeFileSync(
		file,
		JSON.stringify({ports: rig.ports, ca: RIG_CA, seconds: SECONDS, intervalMs: INTERVAL_MS}),
	);
	const child = fork(join(import.meta.dirname, 'rig/bare-reader.mjs'), [file], {execArgv: []});
	type Counts = {readonly visits: number; readonly cpuMs: number; readonly residentMiB: number};
	const {visits, cpuMs, residentMiB} = await new Promise<Counts>((resolve, reject) => {
		child.once('message', (counts: Counts) => resolve(counts));
		child.once('error', reject);
		child.once('exit', code => reject(new Error(`the bare reader ended with ${code}`)));
	});
	return {msAVisit: cpuMs / visits, residentMiB};
}

/** MiB that the rings of all nodes still grow until their window is full: two bytes for each value and moment. */
function missingMiB({nodes, podsPerNode, containersPerPod}: RigSize): number {
	const series =
		KEPT_OF_NODE.length +
		SERIES_OF.pod.length * podsPerNode +
		// Without a limit of CPU a container is not throttled.
		(SERIES_OF.container.length - 1) * podsPerNode * containersPerPod;
	return (nodes * series * 2 * (WINDOW_MOMENTS - FIRST_MOMENTS)) / 2 ** 20;
}

async function rowOf(nodes: number, containersPerNode: number): Promise<string> {
	const rig = await startRig({nodes, containersPerPod: containersPerNode / 30});
	try {
		const bare = await costOfBareReader(rig);
		const cost = await costOfScreen(rig);
		const counts = await rig.counts();
		console.log(
			`${nodes} nodes: ${(cost.lessShare * 100).toFixed(0)} % of the visits read CPU and memory alone`,
		);
		return `| ${[
			nodes,
			nodes * containersPerNode,
			(cost.visits / SECONDS).toFixed(0),
			cost.msAVisit.toFixed(2),
			cost.mainMsAVisit.toFixed(2),
			bare.msAVisit.toFixed(2),
			(cost.msAVisit / bare.msAVisit).toFixed(2),
			cost.share.toFixed(2),
			cost.residentMiB.toFixed(0),
			(cost.residentMiB + missingMiB(rig.size)).toFixed(0),
			bare.residentMiB.toFixed(0),
			cost.keyP95Ms.toFixed(0),
			(counts.cpuMs / counts.served).toFixed(2),
		].join(' | ')} |`;
	} finally {
		rig.close();
	}
}

const sizes = positionals.length === 0 ? [10, 100, 1000, 5000] : positionals.map(Number);
const write = (name: string, change: (text: string) => string): void => {
	if (values.write) {
		writeTable(name, change);
	}
};
if (values.json || values.record || values['record-store']) {
	const nodes = sizes[0] ?? 0;
	const [name, rows] = values.json
		? (['json', await compareJson(nodes)] as const)
		: values.record
			? (['record', await compareRecord(nodes, 'file')] as const)
			: (['record-store', await compareRecord(nodes, 'influxdb')] as const);
	const table = rows.join('\n');
	console.log(table);
	write(name, () => table);
	process.exit(0);
}

let table = HEAD;
let longestSeconds = 0;
for (const [index, nodes] of sizes.entries()) {
	const startSeconds = performance.now() / 1000;
	const isLarger = nodes > Math.max(0, ...sizes.slice(0, index));
	if (
		index > 0 &&
		startSeconds +
			(isLarger ? Math.max(longestSeconds, nodes >= 3000 ? LONGEST_SECONDS : 0) : longestSeconds) >
			MOST_SECONDS
	) {
		console.log(`time is up, and these are left for another run: ${sizes.slice(index).join(' ')}`);
		break;
	}

	const row = await rowOf(nodes, Number(values.containers));
	table = withRow(table, row);
	console.log(row);
	write('scale', text => withRow(text, row));
	longestSeconds = Math.max(longestSeconds, performance.now() / 1000 - startSeconds);
}

console.log(`\n${table}`);
process.exit(0);
