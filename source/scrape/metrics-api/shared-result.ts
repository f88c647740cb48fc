/** One piece of work for all who want its result at about the same time. */
export class SharedResult<T> {
	readonly #work: () => Promise<T>;
	readonly #freshMs: number;
	readonly #now: () => number;
	#result: Promise<T> | undefined;
	/** Undefined while the work is under way. */
	#settledAtMs: number | undefined;

	/** A result, or a failure, is given to all who ask until `freshMs` after it came. */
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

	/** A clock that was set back does not make a result fresh for as long as that. */
	#isOld(): boolean {
		return this.#settledAtMs !== undefined && Math.abs(this.#now() - this.#settledAtMs) > this.#freshMs;
	}

	#begin(): Promise<T> {
		this.#settledAtMs = undefined;
		const settle = (): void => {
			this.#settledAtMs = this.#now();
		};
		const result = this.#work();
		// Whoever waits for it is told of a failure; it may be that nobody waits any more.
		result.then(settle, settle);
		return result;
	}
}
