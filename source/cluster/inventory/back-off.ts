export type BackOffOptions = {
	readonly minMs: number;
	readonly maxMs: number;
	/** Uniform in [0, 1). */
	readonly random: () => number;
};

/**
 * How long to wait before the next try: doubles from `minMs` to `maxMs`, or to what the try may wait at most, less up to half of it at random, so that
 * many clients of a server that came back do not come back together.
 */
export type BackOff = {
	readonly next: (atLeastMs?: number, atMostMs?: number) => number;
	/** Something worked: start from `minMs` again. */
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
