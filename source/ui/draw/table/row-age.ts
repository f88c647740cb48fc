import type {Row} from '../../../metrics/model/row.ts';

/** The age of a row's sample; undefined without one, for sums of pods and for problems. */
export function ageMs(row: Row, nowMs: number): number | undefined {
	if (row.kind === 'tree') {
		return ageMs(row.of, nowMs);
	}

	// The state of an object with a problem stays readable when its samples are stale.
	return row.kind === 'namespace' ||
		row.kind === 'workload' ||
		row.kind === 'group' ||
		row.kind === 'problem' ||
		row.receivedAtMs === undefined
		? undefined
		: nowMs - row.receivedAtMs;
}

export type Freshness = {
	readonly nowMs: number;
	/** The time of the rows; before `nowMs` if the cursor is in the past. */
	readonly atMs: number;
	readonly staleAfterMs: number;
};

/** Whether a row's sample is stale at the time of the rows, and so in no sum. */
export function isStale(row: Row, {nowMs, atMs, staleAfterMs}: Freshness): boolean {
	const age = ageMs(row, Math.min(nowMs, atMs));
	return age !== undefined && age > staleAfterMs;
}
