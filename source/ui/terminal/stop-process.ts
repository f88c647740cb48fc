import {setTimeout} from 'node:timers/promises';

/** Longer than the kernel takes to stop a process; the time of one that is stopped does not pass. */
const STOPPED_WITHIN_MS = 50;

/**
 * Stops ktop as Ctrl-Z does in a shell, together with whatever started it in the same job (as npm does), and resolves
 * once `fg` lets it go on. Where no shell could do that the kernel stops nothing, and it goes on at once.
 */
export async function stopProcess(): Promise<void> {
	// Process 0 is the whole process group (kill(2)).
	process.kill(0, 'SIGTSTP');
	await setTimeout(STOPPED_WITHIN_MS);
}
