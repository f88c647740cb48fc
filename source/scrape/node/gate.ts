/** Lets a bounded number through at once; the others wait in the order in which they came. */
export class Gate {
	readonly #waiting: Array<() => void> = [];
	#free: number;

	constructor(places: number) {
		this.#free = places;
	}

	/** Runs `work` when there is a place. Rejects without running it where `signal` aborts before. */
	async pass<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
		if (this.#free > 0) {
			this.#free--;
		} else {
			await this.#wait(signal);
		}

		try {
			return await work();
		} finally {
			const next = this.#waiting.shift();
			if (next === undefined) {
				this.#free++;
			} else {
				next();
			}
		}
	}

	#wait(signal: AbortSignal): Promise<void> {
		return new Promise((resolve, reject) => {
			const enter = (): void => {
				signal.removeEventListener('abort', leave);
				resolve();
			};
			const leave = (): void => {
				this.#waiting.splice(this.#waiting.indexOf(enter), 1);
				reject(signal.reason);
			};
			signal.addEventListener('abort', leave, {once: true});
			this.#waiting.push(enter);
		});
	}
}
