import {type Failure, KtopError} from '../../metrics/model/failure.ts';
import type {HistorySchema, HistoryStore} from '../store/history-store.ts';
import type {KeptInstead} from '../store/kept-instead.ts';

/** How it stands with the store, for the status line. */
export type HistoryStatus =
	| {readonly kind: 'unasked'; readonly label: string}
	| {
			readonly kind: 'ok';
			readonly label: string;
			readonly schema: string;
			readonly differences: readonly KeptInstead[];
	  }
	| {readonly kind: 'failed'; readonly label: string; readonly failure: Failure};

export type HistoryAccessOptions = {
	readonly store: HistoryStore;
	readonly now: () => number;
	/** Called when the status is another than before. */
	readonly onChange: () => void;
};

const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 60_000;

/** As many as a screen's tables and charts need at once; a store has others to serve too. */
const MOST_AT_ONCE = 4;

/**
 * Asks a store without ever holding up or troubling who asks: a question that fails is answered with nothing, its
 * reason is the status, and the store is left alone for a while, ever longer.
 */
export class HistoryAccess {
	readonly #options: HistoryAccessOptions;
	readonly #abort = new AbortController();
	#status: HistoryStatus;
	#schema: Promise<HistorySchema> | undefined;
	#pauseMs = FIRST_PAUSE_MS;
	#retryAtMs = Number.NEGATIVE_INFINITY;
	#asking = 0;

	constructor(options: HistoryAccessOptions) {
		this.#options = options;
		this.#status = {kind: 'unasked', label: options.store.label};
	}

	get status(): HistoryStatus {
		return this.#status;
	}

	/** Whether a question would be asked now. */
	isOpen(): boolean {
		return (
			!this.#abort.signal.aborted && this.#asking < MOST_AT_ONCE && this.#options.now() >= this.#retryAtMs
		);
	}

	/** The answer, or undefined where there is none. */
	async ask<T>(question: (store: HistoryStore, signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
		if (!this.isOpen()) {
			return undefined;
		}

		const {store} = this.#options;
		const {signal} = this.#abort;
		this.#asking++;
		try {
			this.#schema ??= store.probe(signal);
			const {name: schema, differences = []} = await this.#schema;
			const answer = await question(store, signal);
			this.#pauseMs = FIRST_PAUSE_MS;
			this.#setStatus({kind: 'ok', label: store.label, schema, differences});
			return answer;
		} catch (error) {
			if (!signal.aborted) {
				this.#fail(error instanceof KtopError ? error : unexpected(error));
			}

			return undefined;
		} finally {
			this.#asking--;
		}
	}

	async close(): Promise<void> {
		this.#abort.abort();
		await this.#options.store.close();
	}

	#fail({code, brief, message, hint}: KtopError): void {
		// It may have been set up anew, so it is probed anew.
		this.#schema = undefined;
		const nowMs = this.#options.now();
		if (nowMs >= this.#retryAtMs) {
			this.#retryAtMs = nowMs + this.#pauseMs;
			this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
		}

		this.#setStatus({
			kind: 'failed',
			label: this.#options.store.label,
			failure: {code, brief, message, hint},
		});
	}

	#setStatus(status: HistoryStatus): void {
		const before = this.#status;
		this.#status = status;
		const isSame =
			before.kind === status.kind &&
			(before.kind !== 'failed' ||
				status.kind !== 'failed' ||
				before.failure.message === status.failure.message);
		if (!isSame) {
			this.#options.onChange();
		}
	}
}

function unexpected(error: unknown): KtopError {
	const cause = error instanceof Error ? error.message : String(error);
	return new KtopError(
		{
			code: 'bad-answer',
			brief: 'defect in ktop',
			message: `reading the history failed in an unforeseen way: ${cause}`,
			hint: 'please report this with the store’s version',
		},
		{cause: error},
	);
}
