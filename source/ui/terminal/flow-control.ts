/** Device status report (ECMA-48, DSR 5): the terminal responds once it has processed all output before the request. */
const STATUS_REQUEST = '\u001B[5n';

// biome-ignore lint/suspicious/noControlCharactersInRegex: reports begin with ESC
const STATUS_RESPONSE = /^\u001B\[[03]n$/;

/** After this time a response counts as lost, and frames are written without waiting. */
const LOST_AFTER_MS = 2000;

/** How long `settle` waits for a response, which a shell would read as input. */
const SETTLE_WITHIN_MS = 500;

type State =
	/** No request was sent yet: it is unknown whether this terminal responds. */
	| {readonly kind: 'initial'}
	/** A request was sent, but frames do not wait for it, because this terminal has not responded before or stopped to. */
	| {readonly kind: 'probing'; readonly sinceMs: number}
	/** The terminal has processed all output. */
	| {readonly kind: 'clear'}
	/** A frame was written, and frames wait for the response. */
	| {readonly kind: 'waiting'; readonly sinceMs: number; readonly timer: NodeJS.Timeout};

/**
 * Prevents frames from queueing on a slow link: each frame ends with a status request, and the next frame waits for the
 * response. So the screen is at most one frame behind, also while a key is held down. Frames to a terminal that does not
 * respond never wait.
 */
export class FlowControl {
	readonly #onClear: () => void;
	#state: State = {kind: 'initial'};
	#onSettled: () => void = () => {};

	/** `onClear` is called when a frame that had to wait can be written. */
	constructor(onClear: () => void) {
		this.#onClear = onClear;
	}

	/** Whether a frame can be written now. */
	get isClear(): boolean {
		return this.#state.kind !== 'waiting';
	}

	/** Whether a response may still arrive. */
	get isPending(): boolean {
		return this.#state.kind === 'probing' || this.#state.kind === 'waiting';
	}

	/** The status request to write after a frame; empty if one is pending. */
	request(): string {
		switch (this.#state.kind) {
			case 'initial':
				this.#state = {kind: 'probing', sinceMs: performance.now()};
				return STATUS_REQUEST;
			case 'clear':
				this.#state = {
					kind: 'waiting',
					sinceMs: performance.now(),
					timer: setTimeout(() => this.#lose(), LOST_AFTER_MS),
				};
				return STATUS_REQUEST;
			case 'probing':
			case 'waiting':
				return '';
		}
	}

	/** Handles a report of the terminal; false for those that are no status response, which it ignores. */
	take(report: string): boolean {
		if (!STATUS_RESPONSE.test(report)) {
			return false;
		}

		const before = this.#state;
		this.#state = {kind: 'clear'};
		this.#onSettled();
		if (before.kind === 'waiting') {
			clearTimeout(before.timer);
			this.#onClear();
		}

		return true;
	}

	/** Resolves when the pending response has arrived or its time is over. */
	async settle(): Promise<void> {
		const state = this.#state;
		if (state.kind !== 'probing' && state.kind !== 'waiting') {
			return;
		}

		const leftMs = state.sinceMs + SETTLE_WITHIN_MS - performance.now();
		if (leftMs > 0) {
			await new Promise<void>(resolve => {
				const timer = setTimeout(resolve, leftMs);
				this.#onSettled = () => {
					clearTimeout(timer);
					resolve();
				};
			});
		}

		if (this.#state.kind === 'waiting') {
			clearTimeout(this.#state.timer);
			this.#state = {kind: 'probing', sinceMs: this.#state.sinceMs};
		}
	}

	#lose(): void {
		this.#state = {kind: 'probing', sinceMs: performance.now()};
		this.#onClear();
	}
}
