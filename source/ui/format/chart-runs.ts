export type Run = {readonly start: number; readonly values: readonly number[]};

/** Splits a series at its gaps (values that are not finite). Lines are drawn per run, so that none crosses a gap. */
export function runsOf(values: Float64Array): readonly Run[] {
	const runs: Array<{start: number; values: number[]}> = [];
	let current: {start: number; values: number[]} | undefined;
	for (const [index, value] of values.entries()) {
		if (!Number.isFinite(value)) {
			current = undefined;
			continue;
		}

		if (current === undefined) {
			current = {start: index, values: []};
			runs.push(current);
		}

		current.values.push(value);
	}

	return runs;
}
