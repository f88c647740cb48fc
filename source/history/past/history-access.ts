import {setMaxListeners} from 'node:events';
import {type Failure, KtopError} from '../../metrics/model/failure.ts';
import {isRecent} from '../../metrics/model/recent.ts';
import type {HistorySchema, HistoryStore} from '../store/history-store.ts';
import type {KeptInstead} from '../store/kept-instead.ts';

/** State of the connection to the store, for the status line. `unqueried`: no query has been answered yet. */
export type HistoryStatus =
	| {readonly kind: 'unqueried'; readonly label: string}
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
	/** Called when the status has changed. */
	readonly onChange: () => void;
};

const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 60_000;

/** Limit of concurrent queries, because the store serves other clients too. */
const MAX_CONCURRENT = 4;

/**
 * Queries a store and never rejects: a failed query resolves with undefined, and `status` holds the reason. After a
 * failure the store is not queried for 2 s, doubled with each further failure up to 60 s.
 */
export class HistoryAccess {
	readonly #options: HistoryAccessOptions;
	readonly #abort = new AbortController();
	#status: HistoryStatus;
	#schema: Promise<HistorySchema> | undefined;
	#pauseMs = FIRST_PAUSE_MS;
	#failedAtMs = Number.NEGATIVE_INFINITY;
	#waitMs = 0;
	#asking = 0;

	constructor(options: HistoryAccessOptions) {
		this.#options = options;
		// One question may be a dozen requests at once, each of which listens.
		setMaxListeners(0, this.#abort.signal);
		this.#status = {kind: 'unqueried', label: options.store.label};
	}

	get status(): HistoryStatus {
		return this.#status;
	}

	/** True if a query would be sent now: not closed, not backing off, below the limit of concurrent queries. */
	isOpen(): boolean {
		return !this.#abort.signal.aborted && this.#asking < MAX_CONCURRENT && this.#hasPaused();
	}

	/** Resolves with the answer, or with undefined if the query failed or was not sent. Never rejects. */
	async ask<T>(query: (store: HistoryStore, signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
		if (!this.isOpen()) {
			return undefined;
		}

		const {store} = this.#options;
		const {signal} = this.#abort;
		this.#asking++;
		try {
			this.#schema ??= store.probe(signal);
			const {name: schema, differences = []} = await this.#schema;
			const answer = await query(store, signal);
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

	#fail(error: KtopError): void {
		// The store may have been replaced, so probe it again.
		this.#schema = undefined;
		if (this.#hasPaused()) {
			this.#failedAtMs = this.#options.now();
			this.#waitMs = this.#pauseMs;
			this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
		}

		this.#setStatus({
			kind: 'failed',
			label: this.#options.store.label,
			failure: error.toFailure(),
		});
	}

	/** Whether the pause after the last failure is over. A clock that was set back ends it. */
	#hasPaused(): boolean {
		return !isRecent(this.#failedAtMs, this.#options.now(), this.#waitMs);
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
			message: `reading the history failed unexpectedly: ${cause}`,
			hint: 'please report this with the version of the store',
		},
		{cause: error},
	);
}
