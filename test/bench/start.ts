import {spawn as spawnProcess} from 'node:child_process';
import {join} from 'node:path';
import {spawn} from '@lydell/node-pty';
import {CLI} from '../e2e/ktop.ts';
import {startRecordedKubelet} from '../scrape/kubelet/recorded-kubelet.ts';
import {type Benchmark, median} from './benchmark.ts';

const ROUNDS = 12;

/** DSR 5 and what a terminal without a fault answers (ECMA-48). */
const STATUS_REQUEST = '\u001B[5n';
const STATUS_RESPONSE = '\u001B[0n';

/** From the start of the process to the first frame in a real terminal, against Ink with one line from node_modules. */
export async function benchFirstFrame(): Promise<Benchmark> {
	const ours: number[] = [];
	const bare: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		ours.push(await untilFirstFrame([CLI, '--source', 'local'], 'ktop'));
		bare.push(await untilFirstFrame([join(import.meta.dirname, 'bare-ink.mjs')], 'bare ink'));
	}

	return compare('start of the bundle to its first frame', 'bare Ink from node_modules', ours, bare, 0.6);
}

/** One `ktop --json` of one kubelet, process and all, against Node's start and a bare GET of the same answer. */
export async function benchJson(): Promise<Benchmark> {
	const kubelet = await startRecordedKubelet({answers: {'/stats/summary': 'summary-1.json'}});
	const ours: number[] = [];
	const bare: number[] = [];
	try {
		for (let round = 0; round < ROUNDS; round++) {
			ours.push(await untilExit([CLI, '--json', '--source', `kubelet:${kubelet.origin}`]));
			bare.push(
				await untilExit([join(import.meta.dirname, 'bare-get.mjs'), `${kubelet.origin}/stats/summary`]),
			);
		}
	} finally {
		await kubelet.close();
	}

	return compare('ktop --json of one kubelet', 'Node and one GET', ours, bare, 2.4);
}

function compare(
	name: string,
	baselineName: string,
	ours: readonly number[],
	bare: readonly number[],
	budget: number,
): Benchmark {
	const measured = median(ours);
	const baseline = median(bare);
	return {name, unit: 'ms', measured, baselineName, baseline, ratio: measured / baseline, budget};
}

function untilFirstFrame(args: readonly string[], mark: string): Promise<number> {
	const {CI: _ci, ...environment} = process.env;
	return new Promise(resolve => {
		const startMs = performance.now();
		const pty = spawn(process.execPath, [...args], {
			cols: 200,
			rows: 60,
			env: {...environment, TERM: 'xterm-256color', LANG: 'C.UTF-8'} as Record<string, string>,
		});
		let written = '';
		let isSeen = false;
		pty.onData(data => {
			written += data;
			// As every terminal answers; ktop waits a moment for what it asks before it.
			if (data.includes(STATUS_REQUEST)) {
				pty.write(STATUS_RESPONSE);
			}

			if (!isSeen && written.includes(mark)) {
				isSeen = true;
				const elapsedMs = performance.now() - startMs;
				pty.onExit(() => resolve(elapsedMs));
				pty.kill('SIGKILL');
			}
		});
	});
}

function untilExit(args: readonly string[]): Promise<number> {
	return new Promise((resolve, reject) => {
		const startMs = performance.now();
		const child = spawnProcess(process.execPath, [...args], {stdio: ['ignore', 'ignore', 'inherit']});
		child.on('error', reject);
		child.on('close', exitCode => {
			if (exitCode === 0) {
				resolve(performance.now() - startMs);
			} else {
				reject(new Error(`${args.join(' ')} ended with ${exitCode}`));
			}
		});
	});
}
