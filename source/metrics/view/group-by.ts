import {atOnce, ROWS_A_STEP, type Steps} from './in-turns.ts';

/** Groups rows by a key; each group keeps their order. */
export function groupBy<T>(rows: Iterable<T>, keyOf: (row: T) => string): ReadonlyMap<string, readonly T[]> {
	return atOnce(groupInSteps(rows, keyOf));
}

/** The same in steps. */
export function* groupInSteps<T>(
	rows: Iterable<T>,
	keyOf: (row: T) => string,
): Steps<ReadonlyMap<string, readonly T[]>> {
	const groups = new Map<string, T[]>();
	let count = 0;
	for (const row of rows) {
		const key = keyOf(row);
		const group = groups.get(key);
		if (group === undefined) {
			groups.set(key, [row]);
		} else {
			group.push(row);
		}

		if (++count % ROWS_A_STEP === 0) {
			yield;
		}
	}

	return groups;
}
