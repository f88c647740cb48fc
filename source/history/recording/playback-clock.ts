/** The clock of a replay. It starts at `startMs` and runs `speed` times as fast as real time. */
export class PlaybackClock {
	readonly #realNow: () => number;
	#speed: number;
	#fromMs: number;
	#realFromMs: number;
	#endMs = Number.POSITIVE_INFINITY;

	constructor(startMs: number, speed: number, realNow: () => number) {
		this.#realNow = realNow;
		this.#speed = speed;
		this.#fromMs = startMs;
		this.#realFromMs = realNow();
	}

	get speed(): number {
		return this.#speed;
	}

	now(): number {
		return Math.min(this.#fromMs + (this.#realNow() - this.#realFromMs) * this.#speed, this.#endMs);
	}

	setSpeed(speed: number): void {
		this.skipTo(this.now());
		this.#speed = speed;
	}

	skipTo(timeMs: number): void {
		this.#fromMs = timeMs;
		this.#realFromMs = this.#realNow();
	}

	/** Stops the clock at this time. */
	endAt(timeMs: number): void {
		this.#endMs = timeMs;
	}
}
