import fc from 'fast-check';

/** One reader of foreign input, and what is to be true of whatever it is given. */
export type Target = {
	readonly name: string;
	/** Where inputs come from, in words of the report. */
	readonly from: string;
	/** Tries `runs` inputs of a seed. Rejects with the smallest input that fails. */
	readonly run: (runs: number, seed: number) => Promise<void>;
};

export function target<T>(
	name: string,
	from: string,
	inputs: fc.Arbitrary<T>,
	check: (input: T) => void | Promise<void>,
): Target {
	return {
		name,
		from,
		run: (runs, seed) =>
			fc.assert(
				fc.asyncProperty(inputs, async input => check(input)),
				{numRuns: runs, seed},
			),
	};
}
