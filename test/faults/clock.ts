import {vi} from 'vitest';

/** The wall clock of this process, which goes on but can be set. Timers and `performance.now()` are left alone. */
export type WallClock = {readonly now: () => number; readonly set: (byMs: number) => void};

/** Until the end of the test, whose mocks are restored. To be called before what is tested looks at the clock. */
export function wallClock(): WallClock {
	const real = Date.now;
	let offsetMs = 0;
	const now = (): number => real() + offsetMs;
	vi.spyOn(Date, 'now').mockImplementation(now);
	return {
		now,
		set(byMs) {
			offsetMs += byMs;
		},
	};
}
