import {writeSync} from 'node:fs';
import type {Progress} from './progress.ts';
import {closeStores} from './targets/stores.ts';
import {TARGETS} from './targets.ts';

/**
 * Fuzzes in a process of its own, so that the one that started it sees a hang or a lack of memory as such.
 * Arguments: seconds per target, the least number of inputs, the seed, names of targets (none: all).
 */
const [seconds = '0', least = '0', seedText = '0', ...names] = process.argv.slice(2);
const BATCH = 100;

// At once, also if the next input hangs.
const say = (progress: Progress): void => void writeSync(1, `${JSON.stringify(progress)}\n`);

/**
 * The beginning and end of an error and of what it was caused by, since the smallest input that fails may be large, and
 * a pipe takes 64 KiB at once.
 */
function described(error: unknown): string {
	const text = error instanceof Error ? `${error.message}\n${stackOf(error)}` : String(error);
	return text.length > 8000 ? `${text.slice(0, 4000)} … ${text.slice(-4000)}` : text;
}

function stackOf({cause, stack}: Error): string | undefined {
	return cause instanceof Error ? cause.stack : stack;
}

for (const {name, run} of TARGETS.filter(target => names.length === 0 || names.includes(target.name))) {
	const endMs = performance.now() + Number(seconds) * 1000;
	let inputs = 0;
	let seed = Number(seedText);
	try {
		while (inputs < Number(least) || performance.now() < endMs) {
			say({kind: 'batch', target: name, seed});
			await run(BATCH, seed++);
			inputs += BATCH;
		}

		say({kind: 'passed', target: name, inputs, peakBytes: process.resourceUsage().maxRSS * 1024});
	} catch (error) {
		say({
			kind: 'failed',
			target: name,
			message: described(error),
		});
	}
}

await closeStores();
