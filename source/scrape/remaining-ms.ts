/** The time until a deadline on the clock of `performance.now()`, at least 1 ms: a timer has no shorter one. */
export function remainingMs(deadlineMs: number): number {
	return Math.max(deadlineMs - performance.now(), 1);
}
