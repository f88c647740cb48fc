/**
 * Whether `atMs` is less than `withinMs` away from `nowMs`, before it or after it. A clock may be set back: what waits
 * until some time has passed must not wait until the clock is where it was.
 */
export function isRecent(atMs: number, nowMs: number, withinMs: number): boolean {
	return Math.abs(nowMs - atMs) < withinMs;
}
