/**
 * How long keys are dropped if no status response is expected: long enough to read all buffered input, and shorter than
 * a user's reaction time.
 */
const WITHOUT_RESPONSE_MS = 100;

/**
 * Drops keys that were typed for another program, which had the terminal. Ends when the terminal responds to the status
 * request before the first frame: no key before it can be a reaction to that frame.
 */
export class TypedAhead {
	readonly #onChange: (isDropped: boolean) => void;
	#isDropped = false;
	#timer: NodeJS.Timeout | undefined;

	constructor(onChange: (isDropped: boolean) => void) {
		this.#onChange = onChange;
	}

	get isDropped(): boolean {
		return this.#isDropped;
	}

	/** Drops input until `end`, or for a short time if `isIdle` returns that no status response is pending then. */
	drop(isIdle: () => boolean): void {
		this.#set(true);
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			// Timers run before input is read, so read and drop what a busy process has not read yet.
			setImmediate(() => {
				if (isIdle()) {
					this.end();
				}
			});
		}, WITHOUT_RESPONSE_MS);
	}

	end(): void {
		clearTimeout(this.#timer);
		this.#set(false);
	}

	#set(isDropped: boolean): void {
		if (isDropped !== this.#isDropped) {
			this.#isDropped = isDropped;
			this.#onChange(isDropped);
		}
	}
}
