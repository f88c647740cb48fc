import {spawnSync} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Benchmark} from './benchmark.ts';
import {bundle} from './bundle.ts';

const FRAMES = {
	all: {name: 'every row changed', budget: 0.12},
	five: {name: 'five rows changed', budget: 0.04},
	clock: {name: 'the clock changed', budget: 0.04},
} as const;

/** The CPU time of a frame at 200x60 of 58 rows by Ink as ktop's build makes it, against the same by Ink as it is. */
export async function benchInkCost(kind: keyof typeof FRAMES): Promise<Benchmark> {
	const folder = await mkdtemp(join(tmpdir(), 'ktop-bench-'));
	try {
		const ours = framesOf(await bundle('ink-frame.tsx', folder, 'cheap'), kind);
		const stock = framesOf(await bundle('ink-frame.tsx', folder, 'stock'), kind);
		if (ours.frame !== stock.frame) {
			throw new Error('the frames differ');
		}

		const {name, budget} = FRAMES[kind];
		return {
			name: `a frame of Ink at 200x60, ${name}`,
			unit: 'ms CPU',
			measured: ours.cpuMs,
			baselineName: 'Ink as it is',
			baseline: stock.cpuMs,
			ratio: ours.cpuMs / stock.cpuMs,
			budget,
		};
	} finally {
		await rm(folder, {recursive: true});
	}
}

function framesOf(path: string, kind: string): {readonly cpuMs: number; readonly frame: string} {
	const {stdout, stderr} = spawnSync(process.execPath, [path, kind], {
		encoding: 'utf8',
		env: {...process.env, FORCE_COLOR: '3'},
	});
	if (stdout === '') {
		throw new Error(stderr);
	}

	return JSON.parse(stdout);
}
