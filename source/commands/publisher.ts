/** Faster than this nobody reads figures; a large cluster changes hundreds of times a second. */
const LEAST_PAUSE_MS = 200;

/** Publishes changes in batches: what the screen draws stands still in between, and each batch is drawn once. */
export class Publisher {
	readonly #current: () => number;
	readonly #listeners = new Set<() => void>();
	#version: number;
	#timer: NodeJS.Timeout | undefined;

	/** `current` tells the version of what is published. */
	constructor(current: () => number) {
		this.#current = current;
		this.#version = current();
	}

	/** As of the last batch. */
	get version(): number {
		return this.#version;
	}

	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	changed(): void {
		this.#timer ??= setTimeout(() => {
			this.#timer = undefined;
			this.#version = this.#current();
			for (const listener of this.#listeners) {
				listener();
			}
		}, LEAST_PAUSE_MS);
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#listeners.clear();
	}
}
