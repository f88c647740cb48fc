import {beforeAll, describe, expect, test} from 'vitest';
import {report} from '../reliability/report.ts';
import {fuzz, type Outcome} from './fuzz.ts';
import {TARGETS} from './targets.ts';

/** Set by `npm run fuzz`, from another seed each time; without it a short run, always the same. */
const {KTOP_FUZZ_MINUTES: minutes, KTOP_FUZZ_SEED: seed, KTOP_FUZZ_TARGETS: wanted} = process.env;

const LEAST_INPUTS = 100;
const chosen = TARGETS.filter(({name}) => wanted === undefined || wanted.split('\n').includes(name));
const secondsEach = (Number(minutes ?? 0) * 60) / chosen.length;

describe('bad input', () => {
	const outcomes = new Map<string, Outcome>();
	beforeAll(
		() =>
			fuzz(
				{
					names: chosen.map(({name}) => name),
					secondsEach,
					leastInputs: LEAST_INPUTS,
					seed: Number(seed ?? (minutes === undefined ? 1 : Date.now() % 1e9)),
				},
				(name, outcome) => outcomes.set(name, outcome),
			),
		secondsEach * chosen.length * 1000 + 600_000,
	);

	for (const {name, from} of TARGETS) {
		test.skipIf(!chosen.some(target => target.name === name))(name, ({task}) => {
			const outcome = outcomes.get(name);
			expect(outcome?.failure).toBeUndefined();
			expect(outcome?.inputs).toBeGreaterThanOrEqual(LEAST_INPUTS);
			report(task, 'fuzz', from, outcome?.inputs ?? 0);
		});
	}
});
