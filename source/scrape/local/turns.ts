import {KtopError} from '../../metrics/model/failure.ts';

/** Half a frame at 60 a second: keys and drawing do not notice. */
const TURN_MS = 8;

/**
 * Returns what a loop of short synchronous steps awaits between two of them: nothing most of the time, and the next
 * round of the event loop once `turnMs` have been used up. Throws `KtopError` `aborted` when `signal` has aborted.
 */
export function takeTurns(signal: AbortSignal, turnMs = TURN_MS): () => Promise<void> | undefined {
	let startedMs = performance.now();
	return () => {
		if (signal.aborted) {
			throw new KtopError({
				code: 'aborted',
				brief: 'stopped',
				message: 'reading this machine was stopped',
				hint: 'ktop is shutting down or reads the machine anew',
			});
		}

		if (performance.now() - startedMs < turnMs) {
			return undefined;
		}

		return new Promise(resolve => {
			setImmediate(() => {
				startedMs = performance.now();
				resolve();
			});
		});
	};
}
