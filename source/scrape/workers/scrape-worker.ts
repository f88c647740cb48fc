import type {Worker} from 'node:worker_threads';
import {DeadlinePassed} from '../../http/deadline.ts';
import {ownTurn} from '../../http/own-turn.ts';
import {KtopError} from '../../metrics/model/failure.ts';
import type {KubeletSite} from '../kubelet/open-kubelet.ts';
import type {Scrape} from '../target.ts';
import {decodeReading} from './decode-reading.ts';
import {MessageBatch} from './message-batch.ts';
import type {Order, Report, ScrapeTerms} from './messages.ts';
import {SampleReader} from './sample-reader.ts';

type Pending = {
	readonly reader: SampleReader;
	readonly resolve: (scrape: Scrape) => void;
	readonly reject: (error: Error) => void;
};

/** A kubelet that is open in a scrape worker. */
export type HostedKubelet = {
	/** Throws `KtopError`; `aborted` if the worker ends meanwhile. */
	readonly scrape: (terms: ScrapeTerms, signal: AbortSignal) => Promise<Scrape>;
	readonly close: () => void;
};

/** The thread that reads many kubelets, as seen from the thread that wants their readings. */
export class ScrapeWorker {
	readonly #thread: Worker;
	readonly #orders: MessageBatch<Order>;
	readonly #pending = new Map<number, Pending>();
	/** The memory of readings that were read, which goes back with the next order. */
	#spent: ArrayBuffer[] = [];
	#lastNumber = 0;
	#hasEnded = false;
	#cause = 'it stopped';
	#hasAnswered = false;

	/** `onEnd` is called when the thread ends before it is asked to: `isUseless` if it has never answered. */
	constructor(thread: Worker, onEnd: (isUseless: boolean) => void) {
		this.#thread = thread;
		this.#orders = new MessageBatch((orders, transferred) => thread.postMessage(orders, transferred));
		thread.on('message', (reports: readonly Report[]) => {
			for (const report of reports) {
				void this.#receive(report);
			}
		});
		thread.on('error', error => {
			this.#cause = error instanceof Error ? error.message : String(error);
		});
		thread.on('exit', () => {
			this.#hasEnded = true;
			const pending = [...this.#pending.values()];
			this.#pending.clear();
			onEnd(!this.#hasAnswered);
			for (const {reject} of pending) {
				reject(ended(this.#cause));
			}
		});
	}

	get hasEnded(): boolean {
		return this.#hasEnded;
	}

	open(site: KubeletSite): HostedKubelet {
		const kubelet = ++this.#lastNumber;
		this.#orders.send({kind: 'open', kubelet, site});
		const reader = new SampleReader();
		return {
			scrape: (terms, signal) => this.#scrape(kubelet, reader, terms, signal),
			close: () => this.#orders.send({kind: 'close', kubelet}),
		};
	}

	async stop(): Promise<void> {
		await this.#thread.terminate();
	}

	async #scrape(
		kubelet: number,
		reader: SampleReader,
		terms: ScrapeTerms,
		signal: AbortSignal,
	): Promise<Scrape> {
		const scrape = ++this.#lastNumber;
		const onAbort = (): void => {
			const reason: unknown = signal.reason;
			const timeoutMs = reason instanceof DeadlinePassed ? reason.timeoutMs : undefined;
			this.#orders.send({kind: 'abort', scrape, timeoutMs});
		};
		try {
			return await new Promise<Scrape>((resolve, reject) => {
				if (this.#hasEnded) {
					reject(ended(this.#cause));
					return;
				}

				this.#pending.set(scrape, {reader, resolve, reject});
				const spent = this.#spent;
				this.#spent = [];
				this.#orders.send({kind: 'scrape', kubelet, scrape, terms, spent}, spent);
				signal.addEventListener('abort', onAbort, {once: true});
				if (signal.aborted) {
					onAbort();
				}
			});
		} finally {
			signal.removeEventListener('abort', onAbort);
		}
	}

	async #receive(report: Report): Promise<void> {
		this.#hasAnswered = true;
		if (report.kind === 'scraped') {
			// Dozens may arrive together, and what follows takes a millisecond or two each.
			await ownTurn();
		}

		const pending = this.#pending.get(report.scrape);
		if (pending === undefined) {
			return;
		}

		this.#pending.delete(report.scrape);
		switch (report.kind) {
			case 'scraped': {
				const readings = report.readings.map(encoded => {
					pending.reader.next(encoded);
					const reading = decodeReading(pending.reader);
					pending.reader.end();
					this.#spent.push(encoded.values.buffer);
					return reading;
				});
				pending.resolve({...report.head, readings});
				return;
			}

			case 'failed':
				pending.reject(new KtopError(report.failure));
				return;
			case 'defect':
				pending.reject(new Error(report.message));
		}
	}
}

/** `aborted`, so that no other route to the node is blamed or tried for it. */
function ended(cause: string): KtopError {
	return new KtopError({
		code: 'aborted',
		brief: 'reader restarted',
		message: `the thread of ktop that reads this node ended: ${cause}`,
		hint: 'ktop starts another one and reads the node again; please report this',
	});
}
