/** Time as it passes in a recording: so many times as fast as outside, from where it was told to begin. */
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

	/** Where time stands still. */
	endAt(timeMs: number): void {
		this.#endMs = timeMs;
	}
}
