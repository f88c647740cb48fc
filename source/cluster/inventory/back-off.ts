export type BackOffOptions = {
	readonly minMs: number;
	readonly maxMs: number;
	/** Uniform in [0, 1). */
	readonly random: () => number;
};

/**
 * Exponential back-off. The delay doubles from `minMs` up to `maxMs` (or `atMostMs`), minus a random share of up to
 * half, so that clients do not all return at once when a server is back. It is never below `atLeastMs`.
 */
export type BackOff = {
	readonly next: (atLeastMs?: number, atMostMs?: number) => number;
	/** Restarts from `minMs`, after a success. */
	readonly reset: () => void;
};

export function createBackOff({minMs, maxMs, random}: BackOffOptions): BackOff {
	let ceilingMs = minMs;
	return {
		next: (atLeastMs = 0, atMostMs = maxMs) => {
			const waitMs = Math.min(ceilingMs, atMostMs) * (1 - random() / 2);
			ceilingMs = Math.min(atMostMs, ceilingMs * 2);
			return Math.max(waitMs, atLeastMs);
		},
		reset: () => {
			ceilingMs = minMs;
		},
	};
}
