/** Device status report (ECMA-48, DSR 5): a terminal answers that it is well, once it has taken in what came before. */
const QUESTION = '\u001B[5n';

// biome-ignore lint/suspicious/noControlCharactersInRegex: reports begin with ESC
const ANSWER = /^\u001B\[[03]n$/;

/** An answer that takes longer than this was lost: the screen goes on without. */
const LOST_AFTER_MS = 2000;

/** How long to wait for an answer at the end, so that no shell takes it for something typed. */
const AWAITED_MS = 500;

type State =
	/** Nothing was asked: nobody knows whether this terminal answers. */
	| {readonly kind: 'unasked'}
	/** Asked, and not relied on, since this terminal never answered or stopped to. */
	| {readonly kind: 'trying'; readonly sinceMs: number}
	/** All that was written is on the screen. */
	| {readonly kind: 'clear'}
	/** A frame is on its way. */
	| {readonly kind: 'waiting'; readonly sinceMs: number; readonly timer: NodeJS.Timeout};

/**
 * Keeps a slow link from filling up: behind each frame the terminal is asked how it is, and before it answers there is no
 * other. However slow the link, what is seen is then never older than one frame, and a key held down queues nothing. For
 * terminals that do not answer all is always clear.
 */
export class FlowControl {
	readonly #onClear: () => void;
	#state: State = {kind: 'unasked'};
	#onSettled: () => void = () => {};

	/** `onClear` is called when a frame may follow that had to wait. */
	constructor(onClear: () => void) {
		this.#onClear = onClear;
	}

	/** Whether another frame may be written now. */
	get isClear(): boolean {
		return this.#state.kind !== 'waiting';
	}

	/** Whether an answer may be on its way. */
	get isAsked(): boolean {
		return this.#state.kind === 'trying' || this.#state.kind === 'waiting';
	}

	/** What to write behind a frame; empty where an answer is awaited already. */
	question(): string {
		switch (this.#state.kind) {
			case 'unasked':
				this.#state = {kind: 'trying', sinceMs: performance.now()};
				return QUESTION;
			case 'clear':
				this.#state = {
					kind: 'waiting',
					sinceMs: performance.now(),
					timer: setTimeout(() => this.#lose(), LOST_AFTER_MS),
				};
				return QUESTION;
			case 'trying':
			case 'waiting':
				return '';
		}
	}

	/** Takes what the terminal reports; what is no answer is none of its business. */
	take(report: string): void {
		if (!ANSWER.test(report)) {
			return;
		}

		const before = this.#state;
		this.#state = {kind: 'clear'};
		this.#onSettled();
		if (before.kind === 'waiting') {
			clearTimeout(before.timer);
			this.#onClear();
		}
	}

	/** Resolves once no answer is on its way any more, or cannot be waited for. */
	async settle(): Promise<void> {
		const state = this.#state;
		if (state.kind !== 'trying' && state.kind !== 'waiting') {
			return;
		}

		const leftMs = state.sinceMs + AWAITED_MS - performance.now();
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
			this.#state = {kind: 'trying', sinceMs: this.#state.sinceMs};
		}
	}

	#lose(): void {
		this.#state = {kind: 'trying', sinceMs: performance.now()};
		this.#onClear();
	}
}
