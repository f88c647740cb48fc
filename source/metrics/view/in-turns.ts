/** About how many rows are summed or tested in a step: a fraction of a millisecond. */
export const ROWS_A_STEP = 128;

/** How many steps one answer takes at most: some milliseconds. */
export const STEPS_AT_ONCE = 24;

/** Steps towards a value, between which a turn of the event loop may end. */
export type Steps<Value> = Generator<undefined, Value, undefined>;

/** A value that is made in turns, and made anew when its key is another. */
export class InTurns<Value> {
	#ready: {readonly key: string; readonly value: Value} | undefined;
	#making: {readonly key: string; readonly steps: Steps<Value>} | undefined;

	/** Another one with the same value. */
	fork(): InTurns<Value> {
		const fork = new InTurns<Value>();
		fork.#ready = this.#ready;
		return fork;
	}

	/** The last one that was ready. */
	get value(): Value | undefined {
		return this.#ready?.value;
	}

	isReady(key: string): boolean {
		return this.#ready?.key === key;
	}

	/** Makes the value of a key as long as there is time; returns whether it is ready. */
	advance(key: string, begin: () => Steps<Value>, hasTime: () => boolean): boolean {
		if (this.isReady(key)) {
			return true;
		}

		if (this.#making?.key !== key) {
			this.#making = {key, steps: begin()};
		}

		do {
			const {done, value} = this.#making.steps.next();
			if (done === true) {
				this.#ready = {key, value};
				this.#making = undefined;
				return true;
			}
		} while (hasTime());
		return false;
	}
}

/** The value after all of its steps at once. */
export function atOnce<Value>(steps: Steps<Value>): Value {
	for (;;) {
		const {done, value} = steps.next();
		if (done === true) {
			return value;
		}
	}
}
