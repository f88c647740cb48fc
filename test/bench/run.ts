import {spawnSync} from 'node:child_process';
import {type Benchmark, describeBenchmark} from './benchmark.ts';

/** Each in a process of its own: what one leaves behind in the heap or the compiler would count against the next. */
const BENCHMARKS: Readonly<Record<string, () => Promise<Benchmark>>> = {
	decode: async () => (await import('./decode-summary.ts')).benchDecodeSummary(),
	poll: async () => (await import('./poll-kubelets.ts')).benchPollKubelets(),
	rings: async () => (await import('./ring-bytes.ts')).benchRingBytes(),
	screen: async () => (await import('./screen-update.ts')).benchScreenUpdate('nodes'),
	selection: async () => (await import('./screen-update.ts')).benchScreenUpdate('selection'),
	'ink-all': async () => (await import('./ink-cost.ts')).benchInkCost('all'),
	'ink-five': async () => (await import('./ink-cost.ts')).benchInkCost('five'),
	'ink-clock': async () => (await import('./ink-cost.ts')).benchInkCost('clock'),
	start: async () => (await import('./start.ts')).benchFirstFrame(),
	json: async () => (await import('./start.ts')).benchJson(),
};

const [name] = process.argv.slice(2);
const one = name === undefined ? undefined : BENCHMARKS[name];
if (one !== undefined) {
	console.log(describeBenchmark(await one()));
	process.exit(0);
}

for (const each of Object.keys(BENCHMARKS)) {
	const {status} = spawnSync(
		process.execPath,
		['--expose-gc', '--import', 'tsx', new URL(import.meta.url).pathname, each],
		{stdio: 'inherit', env: {...process.env, NODE_ENV: 'production'}},
	);
	if (status !== 0) {
		console.log(`FAILED ${each}`);
		process.exitCode = 1;
	}
}
