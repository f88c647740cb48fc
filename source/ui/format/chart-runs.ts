export type Run = {readonly start: number; readonly values: readonly number[]};

/** Stretches of known values: between them is a gap, which no line may cross. */
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
