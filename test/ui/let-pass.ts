import {setTimeout} from 'node:timers/promises';

const STEP_MS = 5;

/**
 * Waits until timers of this length, and timers that these start, have run, however late a busy machine runs them. Waits
 * in steps, because one long timer could end before a timer that a late one has just started.
 */
export async function letPass(ms: number): Promise<void> {
	for (let passedMs = 0; passedMs < ms; passedMs += STEP_MS) {
		await setTimeout(STEP_MS);
	}
}
