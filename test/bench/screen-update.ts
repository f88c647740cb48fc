import {type ChildProcess, fork} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type Benchmark, median} from './benchmark.ts';
import {bundle} from './bundle.ts';

const CHANGES = {
	nodes: {name: 'a screen update at 200x60, 1,000 nodes changed', budget: 0.3},
	selection: {name: 'the selection moved by a row at 200x60', budget: 0.15},
} as const;

const ROUNDS = 100;
const WARM_UP = 40;

type Shown = {readonly cpuMs: number; readonly frame: string};

/**
 * The CPU time of a change on ktop's screen, from its data or a key to what is written to the terminal, against the same
 * frame shown by Ink as it is, a Text for each line. Both take turns, so that a busy machine slows down both.
 */
export async function benchScreenUpdate(kind: keyof typeof CHANGES): Promise<Benchmark> {
	const folder = await mkdtemp(join(tmpdir(), 'ktop-bench-'));
	const children: ChildProcess[] = [];
	const start = (path: string) => {
		const child = fork(path, {execArgv: [], env: {...process.env, FORCE_COLOR: '3'}});
		children.push(child);
		return child;
	};
	try {
		const ours = start(await bundle('screen-ktop.ts', folder, 'cheap'));
		const stock = start(await bundle('screen-stock.tsx', folder, 'stock'));
		const measured: number[] = [];
		const baseline: number[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			const {cpuMs, frame} = await ask(ours, kind);
			const same = await ask(stock, frame);
			if (same.frame !== frame) {
				throw new Error('the frames differ');
			}

			measured.push(cpuMs);
			baseline.push(same.cpuMs);
		}

		const ourMs = median(measured.slice(WARM_UP));
		const stockMs = median(baseline.slice(WARM_UP));
		return {
			name: CHANGES[kind].name,
			unit: 'ms CPU',
			measured: ourMs,
			baselineName: 'the same lines by Ink as it is',
			baseline: stockMs,
			ratio: ourMs / stockMs,
			budget: CHANGES[kind].budget,
		};
	} finally {
		for (const child of children) {
			child.kill();
		}

		await rm(folder, {recursive: true});
	}
}

function ask(child: ChildProcess, message: string): Promise<Shown> {
	return new Promise((resolve, reject) => {
		const onExit = (): void => reject(new Error('a measured program ended'));
		child.once('exit', onExit);
		child.once('message', shown => {
			child.off('exit', onExit);
			resolve(shown as Shown);
		});
		child.send(message);
	});
}
