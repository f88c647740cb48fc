/**
 * Draws what was asked for at once, but never two frames sooner after each other than a time: what comes in between is
 * in the second.
 */
export class FramePace {
	readonly #draw: () => void;
	readonly #leastMs: number;
	readonly #isClear: () => boolean;
	#drawnAtMs = Number.NEGATIVE_INFINITY;
	#isAsked = false;
	#isScheduled = false;
	#timer: NodeJS.Timeout | undefined;

	/** While the way to the terminal is not clear nothing is drawn. */
	constructor(draw: () => void, leastMs: number, isClear: () => boolean) {
		this.#draw = draw;
		this.#leastMs = leastMs;
		this.#isClear = isClear;
	}

	/** Keys that came together have all been taken in before the frame is drawn, and nothing else comes before it. */
	ask(): void {
		this.#isAsked = true;
		if (this.#isScheduled) {
			return;
		}

		this.#isScheduled = true;
		const waitMs = this.#drawnAtMs + this.#leastMs - performance.now();
		if (waitMs > 0) {
			this.#timer = setTimeout(this.#frame, waitMs);
		} else {
			process.nextTick(this.#frame);
		}
	}

	/** The way is clear again: what was asked for meanwhile is drawn. */
	goOn(): void {
		if (this.#isAsked) {
			this.ask();
		}
	}

	/** Forgets what was asked for. */
	stop(): void {
		clearTimeout(this.#timer);
		this.#isAsked = false;
		this.#isScheduled = false;
	}

	/** Where the way is not clear it stays asked for, until the way is or somebody asks again. */
	readonly #frame = (): void => {
		this.#isScheduled = false;
		if (this.#isAsked && this.#isClear()) {
			this.#isAsked = false;
			this.#draw();
			this.#drawnAtMs = performance.now();
		}
	};
}
