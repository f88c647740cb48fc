import {setTimeout} from 'node:timers/promises';

const STEP_MS = 5;

/**
 * Lets a time pass for timers, and for those that they start, however late a busy machine runs them: in steps, for one
 * long timer would end before a timer that another, equally late one has only just started.
 */
export async function letPass(ms: number): Promise<void> {
	for (let passedMs = 0; passedMs < ms; passedMs += STEP_MS) {
		await setTimeout(STEP_MS);
	}
}
