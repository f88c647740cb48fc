/** Resolves after `durationMs` or when `signal` aborts; never rejects. */
export function pause(durationMs: number, signal: AbortSignal): Promise<void> {
	return new Promise(resolve => {
		const done = (): void => {
			clearTimeout(timer);
			signal.removeEventListener('abort', done);
			resolve();
		};
		const timer = setTimeout(done, Math.max(durationMs, 0));
		signal.addEventListener('abort', done, {once: true});
		if (signal.aborted) {
			done();
		}
	});
}
