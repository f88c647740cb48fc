/** Lets a bounded number through at once; the others wait in the order in which they came. */
export class Gate {
	readonly #waiting = new Set<() => void>();
	#free: number;

	constructor(places: number) {
		this.#free = places;
	}

	/** Runs `work` when there is a place. Rejects with the signal's reason, without running it, where that aborts before. */
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
