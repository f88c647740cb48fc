/** Limits the rate of frames. Draws at once if the last frame is at least `minMs` ago, else then; requests are merged. */
export class FramePace {
	readonly #draw: () => void;
	readonly #minMs: number;
	readonly #isClear: () => boolean;
	#drawnAtMs = Number.NEGATIVE_INFINITY;
	#isRequested = false;
	#isScheduled = false;
	#timer: NodeJS.Timeout | undefined;

	/** `isClear` returns whether the terminal is ready for a frame. */
	constructor(draw: () => void, minMs: number, isClear: () => boolean) {
		this.#draw = draw;
		this.#minMs = minMs;
		this.#isClear = isClear;
	}

	/** Requests a frame. Keys of one chunk are all handled before it is drawn, which is in the next tick at the earliest. */
	request(): void {
		this.#isRequested = true;
		if (this.#isScheduled) {
			return;
		}

		this.#isScheduled = true;
		const waitMs = this.#drawnAtMs + this.#minMs - performance.now();
		if (waitMs > 0) {
			this.#timer = setTimeout(this.#frame, waitMs);
		} else {
			process.nextTick(this.#frame);
		}
	}

	/** To be called when the terminal is ready again: draws a requested frame. */
	resume(): void {
		if (this.#isRequested) {
			this.request();
		}
	}

	/** Drops the requested frame. */
	stop(): void {
		clearTimeout(this.#timer);
		this.#isRequested = false;
		this.#isScheduled = false;
	}

	/** If the terminal is not ready, the request is kept until `resume` or the next `request`. */
	readonly #frame = (): void => {
		this.#isScheduled = false;
		if (this.#isRequested && this.#isClear()) {
			this.#isRequested = false;
			this.#draw();
			this.#drawnAtMs = performance.now();
		}
	};
}
