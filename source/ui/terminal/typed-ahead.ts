/**
 * How long keys are dropped where no answer tells that the screen is back. All that waits to be read is read by then, and
 * nobody reacts sooner to what he sees.
 */
const UNANSWERED_MS = 100;

/**
 * What was typed for another program, which had the terminal, presses no key of ktop. It is dropped until the terminal
 * has answered the question before the first frame after it: whoever saw anything of that frame typed later.
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

	/** Drops until `end`, or for a time where nothing was asked by then whose answer would lead to it. */
	drop(isUnasked: () => boolean): void {
		this.#set(true);
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			// Timers come before input: what a busy process has not read yet is read, and dropped, before this.
			setImmediate(() => {
				if (isUnasked()) {
					this.end();
				}
			});
		}, UNANSWERED_MS);
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
