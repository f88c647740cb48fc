import {availableParallelism} from 'node:os';
import type {Worker} from 'node:worker_threads';
import {type OpenedKubelet, type OpenKubelet, openKubelet} from '../kubelet/open-kubelet.ts';
import {remainingMs} from '../remaining-ms.ts';
import type {ScrapeContext} from '../target.ts';
import type {HostedKubelet, ScrapeWorker} from './scrape-worker.ts';

/** From so many kubelets on they are read by threads of their own, and one more thread for each so many. */
const KUBELETS_A_WORKER = 400;

/** Workers that end without an answer in a row; after that kubelets are read in this thread. */
const MOST_USELESS = 3;

export type KubeletWorkersOptions = {
	readonly kubeletsAWorker?: number | undefined;
	/** By default one fewer than processors, at least one. */
	readonly mostWorkers?: number | undefined;
	readonly startThread?: () => Promise<Worker>;
};

/**
 * Opens kubelets, and reads them in threads of their own where there are many: connections, TLS, JSON and decoding take
 * most of a scrape, and keys would wait for them. Credentials stay in this thread, which hands over those of each scrape.
 */
export class KubeletWorkers {
	readonly #kubeletsAWorker: number;
	readonly #mostWorkers: number;
	readonly #startThread: () => Promise<Worker>;
	readonly #slots: Array<Promise<ScrapeWorker> | undefined> = [];
	#openCount = 0;
	/** The most that were open at once or are known of: a snapshot closes each as soon as it is read. */
	#most = 0;
	#turn = 0;
	#uselessInARow = 0;

	constructor(options: KubeletWorkersOptions = {}) {
		this.#kubeletsAWorker = options.kubeletsAWorker ?? KUBELETS_A_WORKER;
		this.#mostWorkers = options.mostWorkers ?? Math.max(availableParallelism() - 1, 1);
		this.#startThread = options.startThread ?? startThread;
	}

	/** How many threads were started and have not ended. */
	get workerCount(): number {
		return this.#slots.filter(slot => slot !== undefined).length;
	}

	/** Where a kubelet is read is decided by each scrape, since others may be listed after its first one. */
	readonly open: OpenKubelet = (site, credentials, now) => {
		// The other routes to a node are of the node that was opened last.
		const isNode = site.via === 'direct';
		this.#openCount += Number(isNode);
		this.#most = Math.max(this.#most, this.#openCount, site.ofKubelets ?? 0);
		this.#turn += Number(isNode);
		let here: OpenedKubelet | undefined;
		let hosted: {readonly worker: ScrapeWorker; readonly kubelet: HostedKubelet} | undefined;
		let isOpen = true;
		const turn = this.#turn;
		const scrape = async (worker: ScrapeWorker, context: ScrapeContext, isViewed: boolean) => {
			const [authorization, clientCertificate] = await Promise.all([
				credentials.authorization?.(context.signal),
				credentials.clientCertificate?.(context.signal),
			]);
			if (hosted?.worker !== worker) {
				hosted = {worker, kubelet: worker.open(withTexts(site))};
			}

			return hosted.kubelet.scrape(
				{
					remainingMs: remainingMs(context.deadlineMs),
					isViewed,
					restHoldsMs: isViewed ? undefined : context.restHoldsMs,
					authorization,
					clientCertificate,
				},
				context.signal,
			);
		};
		return {
			read: async context => {
				const worker = hosted?.worker.hasEnded === false ? hosted.worker : await this.#worker(turn);
				if (worker === undefined) {
					here ??= openKubelet(site, credentials, now);
					return here.read(context);
				}

				// It was read before the others were listed.
				void here?.close();
				here = undefined;

				const wasViewed = context.isViewed();
				const scraped = await scrape(worker, context, wasViewed);
				// The user may have opened the node meanwhile, and waits for the figures that are read only then.
				return context.isViewed() && !wasViewed ? scrape(worker, context, true) : scraped;
			},
			close: async () => {
				this.#openCount -= Number(isNode && isOpen);
				isOpen = false;
				hosted?.kubelet.close();
				await here?.close();
			},
		};
	};

	async stop(): Promise<void> {
		const workers = await Promise.allSettled(this.#slots);
		await Promise.all(
			workers.map(worker => (worker.status === 'fulfilled' ? worker.value?.stop() : undefined)),
		);
	}

	/** The worker for a kubelet, started if need be; undefined if it is to be read in this thread. */
	async #worker(turn: number): Promise<ScrapeWorker | undefined> {
		if (this.#most < this.#kubeletsAWorker || this.#uselessInARow >= MOST_USELESS) {
			return undefined;
		}

		const count = Math.min(Math.ceil(this.#most / this.#kubeletsAWorker), this.#mostWorkers);
		const slot = turn % count;
		this.#slots[slot] ??= this.#start(slot);
		try {
			return await this.#slots[slot];
		} catch {
			this.#ended(slot, true);
			return undefined;
		}
	}

	async #start(slot: number): Promise<ScrapeWorker> {
		// Few kubelets load none of it.
		const worker = await import('./scrape-worker.ts');
		return new worker.ScrapeWorker(await this.#startThread(), isUseless => this.#ended(slot, isUseless));
	}

	#ended(slot: number, isUseless: boolean): void {
		this.#slots[slot] = undefined;
		this.#uselessInARow = isUseless ? this.#uselessInARow + 1 : 0;
	}
}

async function startThread(): Promise<Worker> {
	const thread = await import('./start-thread.ts');
	return thread.startThread();
}

/** Threads pass a Buffer on as bare bytes. PEM is text. */
function withTexts(site: Parameters<OpenKubelet>[0]): Parameters<OpenKubelet>[0] {
	const {tls} = site;
	return tls === undefined
		? site
		: {
				...site,
				tls: {
					...tls,
					ca: tls.ca?.toString(),
					certificate: tls.certificate?.toString(),
					key: tls.key?.toString(),
				},
			};
}
