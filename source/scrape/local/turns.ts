import {KtopError} from '../../metrics/model/failure.ts';

/** Half a frame at 60 frames per second, which does not delay keys and drawing. */
const TURN_MS = 8;

/**
 * Returns a function to await between the short synchronous steps of a loop. It yields to the event loop after each
 * `turnMs` of work and otherwise resolves at once. Throws `KtopError` `aborted` if `signal` has aborted.
 */
export function takeTurns(signal: AbortSignal, turnMs = TURN_MS): () => Promise<void> | undefined {
	let startedMs = performance.now();
	return () => {
		if (signal.aborted) {
			throw new KtopError({
				code: 'aborted',
				brief: 'stopped',
				message: 'reading this machine was stopped',
				hint: 'ktop is shutting down or restarts the scrape',
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
