import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {openKtop} from '../e2e/ktop.ts';
import {openTerminal, type Terminal} from '../e2e/terminal.ts';
import {keyLatencies, percentile} from './key-latencies.ts';
import {cpuSeconds} from './rig/cpu-seconds.ts';

// What it is to live with the screen: how soon a key shows, what an idle screen costs, and what it writes over the link
// beside htop and btop. Takes some minutes; run it with `npm run bench:life`.

const ROUND = 10;

const rounded = (value: number): string => String(Math.round(value * ROUND) / ROUND);

async function benchKeys(): Promise<void> {
	const terminal = openKtop(['--source', 'demo:nodes=5000,pods=20000,seed=1', '--request-timeout', '30s'], {
		columns: 200,
		rows: 60,
	});
	try {
		await terminal.until('the cluster', screen => /nodes \d{4}\/5000 ready/.test(screen), 120_000);
		await terminal.until('most of it read', screen => /ready(?:, [34]\d{3} read)?/.test(screen), 240_000);
		// A round of 5,000 nodes is under way all the while.
		await setTimeout(30_000);
		const bare = openTerminal(process.execPath, [join(import.meta.dirname, 'bare-key.mjs')], {
			columns: 200,
			rows: 60,
		});
		await bare.until('the bare app', screen => screen.includes('row'));
		const baseline = await keyLatencies(bare, ['j', 'k'], 100);
		bare.close();
		const latencies = await keyLatencies(
			terminal,
			['j', 'j', 'j', 'k', '\u001B[6~', '\u001B[5~', 'G', 'g'],
			200,
		);
		const p95 = percentile(latencies, 0.95);
		console.log(
			`key to frame at 200x60, 5,000 nodes polling: p50 ${rounded(percentile(latencies, 0.5))} ms, p95 ${rounded(p95)} ms (budget 50 ms), most ${rounded(percentile(latencies, 1))} ms; a bare Ink app p95 ${rounded(percentile(baseline, 0.95))} ms`,
		);
	} finally {
		terminal.close();
	}
}

async function benchIdle(): Promise<void> {
	const terminal = openKtop(['--source', 'demo:nodes=100,pods=1000,seed=1', '--interval', '10s'], {
		columns: 120,
		rows: 30,
	});
	try {
		await terminal.until('the nodes', screen => screen.includes('worker-'), 60_000);
		await setTimeout(40_000);
		const before = cpuSeconds(terminal.pid);
		await setTimeout(60_000);
		const share = ((cpuSeconds(terminal.pid) - before) / 60) * 100;
		console.log(`idle screen at 120x30, 100 nodes every 10 s: ${rounded(share)} % of a core (budget 3 %)`);
	} finally {
		terminal.close();
	}
}

/** A program of Debian's that ktop is measured beside, where it is installed. */
function openMonitor(program: string, size: Readonly<{columns: number; rows: number}>): Terminal {
	const folder = process.env.KTOP_MONITORS;
	const library = folder === undefined ? '' : join(folder, '../lib/x86_64-linux-gnu');
	return openTerminal(folder === undefined ? program : join(folder, program), [], {
		...size,
		environment: {LD_LIBRARY_PATH: `${library}:${join(library, '../../../lib/x86_64-linux-gnu')}`},
	});
}

/** All in the same minute, since what a second of a processor does changes from one to the next. */
async function benchBeside(): Promise<void> {
	const size = {columns: 140, rows: 45};
	const cluster = (...args: readonly string[]) =>
		openKtop(['--source', 'demo:nodes=1,pods=29,seed=1', ...args], size);
	const terminals: ReadonlyArray<readonly [what: string, Terminal]> = [
		['ktop, 1 node every 10 s', cluster('--interval', '10s')],
		['ktop pods, 29 pods every 10 s', cluster('pods', '--interval', '10s')],
		['ktop pods, 29 pods every 2 s', cluster('pods', '--interval', '2s')],
		['ktop --source local, every 2 s', openKtop(['--source', 'local', '--interval', '2s'], size)],
		['htop as it starts', openMonitor('htop', size)],
		['btop as it starts', openMonitor('btop', size)],
	];
	await setTimeout(40_000);
	const before = terminals.map(([, {pid}]) => secondsOf(pid));
	await setTimeout(60_000);
	console.log('idle at 140x45, CPU seconds in the same minute:');
	for (const [index, [what, terminal]] of terminals.entries()) {
		const [from, to] = [before[index], secondsOf(terminal.pid)];
		console.log(`  ${what}: ${from === undefined || to === undefined ? 'not here' : (to - from).toFixed(2)}`);
		terminal.close();
	}
}

/** Undefined for a program that could not be started. */
function secondsOf(pid: number): number | undefined {
	return existsSync(`/proc/${pid}/task`) ? cpuSeconds(pid) : undefined;
}

const LINK_SECONDS = 30;

async function bytesASecond(open: () => Terminal, settleMs: number): Promise<number> {
	const terminal = open();
	try {
		await setTimeout(settleMs);
		const before = Buffer.byteLength(terminal.written());
		await setTimeout(LINK_SECONDS * 1000);
		return (Buffer.byteLength(terminal.written()) - before) / LINK_SECONDS;
	} finally {
		terminal.close();
	}
}

async function benchLink(): Promise<void> {
	const size = {columns: 120, rows: 40};
	const beside = (program: string) => () => openMonitor(program, size);
	const results = await Promise.all([
		bytesASecond(() => openKtop(['--source', 'local', '--interval', '2s'], size), 8000),
		bytesASecond(() => openKtop(['--source', 'demo:nodes=100,pods=2000', '--interval', '10s'], size), 30_000),
		bytesASecond(beside('htop'), 5000),
		bytesASecond(beside('btop'), 5000),
	]);
	const [local, demo, htop, btop] = results.map(bytes =>
		bytes === 0 ? 'not here' : `${Math.round(bytes)} B/s`,
	);
	console.log(
		`written over the link at 120x40: ktop of this machine every 2 s ${local}, of 100 nodes every 10 s ${demo}; htop ${htop}, btop ${btop}`,
	);
}

const BENCHMARKS: Readonly<Record<string, () => Promise<void>>> = {
	link: benchLink,
	idle: benchIdle,
	beside: benchBeside,
	keys: benchKeys,
};
const [name] = process.argv.slice(2);
for (const [known, bench] of Object.entries(BENCHMARKS)) {
	if (name === undefined || name === known) {
		await bench();
	}
}

process.exit(0);
