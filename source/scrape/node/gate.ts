/** Limits concurrency; callers above the limit wait in order. */
export class Gate {
	readonly #waiting = new Set<() => void>();
	#free: number;

	constructor(limit: number) {
		this.#free = limit;
	}

	/** Runs `work` when there is a free slot. Rejects with the signal's reason if it aborts before that. */
	async pass<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
		signal.throwIfAborted();
		if (this.#free > 0) {
			this.#free--;
		} else {
			await this.#wait(signal);
		}

		try {
			return await work();
		} finally {
			this.#leave();
		}
	}

	#leave(): void {
		const [next] = this.#waiting;
		if (next === undefined) {
			this.#free++;
		} else {
			this.#waiting.delete(next);
			next();
		}
	}

	#wait(signal: AbortSignal): Promise<void> {
		return new Promise((resolve, reject) => {
			const enter = (): void => {
				signal.removeEventListener('abort', giveUp);
				resolve();
			};
			const giveUp = (): void => {
				this.#waiting.delete(enter);
				reject(signal.reason);
			};
			signal.addEventListener('abort', giveUp, {once: true});
			this.#waiting.add(enter);
		});
	}
}
