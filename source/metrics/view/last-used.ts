/** Keeps the values that were used last. */
export class LastUsed<Value> {
	readonly #most: number;
	/** The one used last comes last. */
	readonly #known = new Map<string, Value>();

	constructor(most: number) {
		this.#most = most;
	}

	/** Forgets some values. */
	forget(isForgotten: (value: Value) => boolean): void {
		for (const [key, value] of this.#known) {
			if (isForgotten(value)) {
				this.#known.delete(key);
			}
		}
	}

	/** The one used last comes last. */
	get entries(): Iterable<readonly [key: string, value: Value]> {
		return this.#known;
	}

	of(key: string, make: () => Value): Value {
		const value = this.#known.get(key) ?? make();
		this.#known.delete(key);
		this.#known.set(key, value);
		for (const oldest of this.#known.keys()) {
			if (this.#known.size <= this.#most) {
				break;
			}

			this.#known.delete(oldest);
		}

		return value;
	}
}
