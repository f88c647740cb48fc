/** Shares the result of an asynchronous operation between concurrent callers. */
export class SharedResult<T> {
	readonly #work: () => Promise<T>;
	readonly #freshMs: number;
	readonly #now: () => number;
	#result: Promise<T> | undefined;
	/** Undefined while the operation is pending. */
	#settledAtMs: number | undefined;

	/** A result or failure is reused for `freshMs` after it settled. */
	constructor(work: () => Promise<T>, freshMs: number, now: () => number) {
		this.#work = work;
		this.#freshMs = freshMs;
		this.#now = now;
	}

	get(): Promise<T> {
		if (this.#result === undefined || this.#isOld()) {
			this.#result = this.#begin();
		}

		return this.#result;
	}

	/** The absolute age, so that a clock that was set back does not keep a result fresh. */
	#isOld(): boolean {
		return this.#settledAtMs !== undefined && Math.abs(this.#now() - this.#settledAtMs) > this.#freshMs;
	}

	#begin(): Promise<T> {
		this.#settledAtMs = undefined;
		const settle = (): void => {
			this.#settledAtMs = this.#now();
		};
		const result = this.#work();
		// Also handles a rejection that no caller awaits any more.
		result.then(settle, settle);
		return result;
	}
}
