import {spawn} from 'node:child_process';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import type {Progress} from './progress.ts';

export type Outcome = {readonly inputs: number; readonly failure: string | undefined};

export type FuzzOptions = {
	/** Names of targets, in their order. */
	readonly names: readonly string[];
	readonly secondsEach: number;
	/** Tried however long it takes. */
	readonly leastInputs: number;
	readonly seed: number;
};

/** No batch of 100 inputs takes a tenth of it, so that a busy machine is no hang. */
const SILENCE_MS = 120_000;

/** Heap of the fuzzing process: inputs are below 1 MB, and no reader may need a hundred times of that. */
const HEAP_MB = 160;

/**
 * Fuzzes each target in a process of its own kind: it is ended where it says nothing for `SILENCE_MS`, and another goes
 * on with the next target. Calls `onOutcome` for each name.
 */
export async function fuzz(
	options: FuzzOptions,
	onOutcome: (name: string, outcome: Outcome) => void,
): Promise<void> {
	let left = options.names;
	while (left.length > 0) {
		const done = await fuzzInProcess({...options, names: left}, onOutcome);
		left = left.slice(done);
	}
}

/** The number of targets that have an outcome; at least one. */
async function fuzzInProcess(
	{names, secondsEach, leastInputs, seed}: FuzzOptions,
	onOutcome: (name: string, outcome: Outcome) => void,
): Promise<number> {
	const child = spawn(
		process.execPath,
		[
			`--max-old-space-size=${HEAP_MB}`,
			...['--import', 'tsx', join(import.meta.dirname, 'process.ts')],
			...[String(secondsEach), String(leastInputs), String(seed), ...names],
		],
		{stdio: ['ignore', 'pipe', 'pipe']},
	);
	let complaints = '';
	child.stderr.on('data', chunk => {
		complaints = `${complaints}${chunk}`.slice(-4000);
	});
	let isSilent = false;
	const stop = (): void => {
		isSilent = true;
		child.kill('SIGKILL');
	};
	let timer = setTimeout(stop, SILENCE_MS);
	let done = 0;
	let at = `before ${names[0]}`;
	for await (const line of createInterface({input: child.stdout})) {
		clearTimeout(timer);
		timer = setTimeout(stop, SILENCE_MS);
		const progress = JSON.parse(line) as Progress;
		if (progress.kind === 'batch') {
			at = `with seed ${progress.seed}`;
		} else {
			done++;
			onOutcome(
				progress.target,
				progress.kind === 'passed'
					? {inputs: progress.inputs, failure: undefined}
					: {inputs: 0, failure: progress.message},
			);
		}
	}

	clearTimeout(timer);
	const next = names[done];
	if (next === undefined) {
		return done;
	}

	onOutcome(next, {inputs: 0, failure: `${isSilent ? 'hung' : 'ended'} ${at}: ${complaints}`});
	return done + 1;
}
