import {setTimeout} from 'node:timers/promises';

/** Longer than the kernel takes to stop a process. */
const STOPPED_WITHIN_MS = 50;

/**
 * Stops ktop and its process group, which includes npm if that started it, like Ctrl-Z in a shell. Resolves when `fg`
 * resumes it. Without a shell that could resume it, the kernel ignores the signal, and this resolves at once.
 */
export async function stopProcess(): Promise<void> {
	// 0 is the process group (kill(2)).
	process.kill(0, 'SIGTSTP');
	await setTimeout(STOPPED_WITHIN_MS);
}
