import type {Row} from '../../../metrics/model/row.ts';

/** The age of a row's sample; undefined where it has none of its own. */
export function ageMs(row: Row, nowMs: number): number | undefined {
	if (row.kind === 'tree') {
		return ageMs(row.of, nowMs);
	}

	return row.kind === 'namespace' || row.receivedAtMs === undefined ? undefined : nowMs - row.receivedAtMs;
}

export type Freshness = {
	readonly nowMs: number;
	/** The moment that the rows are of. */
	readonly atMs: number;
	readonly staleAfterMs: number;
};

/** Whether a row's sample is too old to count; at a moment of the past its age is taken then. */
export function isStale(row: Row, {nowMs, atMs, staleAfterMs}: Freshness): boolean {
	const age = ageMs(row, Math.min(nowMs, atMs));
	return age !== undefined && age > staleAfterMs;
}
