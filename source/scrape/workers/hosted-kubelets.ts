import {DeadlinePassed} from '../../http/deadline.ts';
import {KtopError} from '../../metrics/model/failure.ts';
import {type OpenedKubelet, openKubelet} from '../kubelet/open-kubelet.ts';
import {takeReadings} from '../take-readings.ts';
import {encodeReading} from './encode-reading.ts';
import type {Order, Report, ScrapeTerms} from './messages.ts';
import {type Encoded, NumberBuffer, SampleWriter} from './sample-writer.ts';

type Hosted = {
	readonly opened: OpenedKubelet;
	readonly writer: SampleWriter;
	/** Those of the last scrape, which the kubelet's endpoint asks for. */
	terms: ScrapeTerms | undefined;
};

/** The kubelets of one scrape worker; it reads one on each order of the main thread. */
export class HostedKubelets {
	readonly #send: (report: Report, transferred: readonly ArrayBuffer[]) => void;
	readonly #kubelets = new Map<number, Hosted>();
	readonly #scrapes = new Map<number, AbortController>();
	readonly #numbers = new NumberBuffer();

	constructor(send: (report: Report, transferred: readonly ArrayBuffer[]) => void) {
		this.#send = send;
	}

	/** Never throws: what fails is reported. */
	obey(order: Order): void {
		switch (order.kind) {
			case 'open': {
				const hosted: Hosted = {
					opened: openKubelet(
						{...order.site, sharesReadBuffer: true},
						{
							authorization: async () => hosted.terms?.authorization,
							clientCertificate: async () => hosted.terms?.clientCertificate,
						},
						Date.now,
					),
					writer: new SampleWriter(this.#numbers),
					terms: undefined,
				};
				this.#kubelets.set(order.kubelet, hosted);
				return;
			}

			case 'scrape':
				for (const spent of order.spent) {
					this.#numbers.giveBack(spent);
				}

				void this.#scrape(order.kubelet, order.scrape, order.terms);
				return;
			case 'abort':
				this.#scrapes
					.get(order.scrape)
					?.abort(order.timeoutMs === undefined ? undefined : new DeadlinePassed(order.timeoutMs));
				return;
			case 'close':
				void this.#kubelets.get(order.kubelet)?.opened.close();
				this.#kubelets.delete(order.kubelet);
		}
	}

	async #scrape(kubelet: number, scrape: number, terms: ScrapeTerms): Promise<void> {
		const abort = new AbortController();
		this.#scrapes.set(scrape, abort);
		try {
			const hosted = this.#kubelets.get(kubelet);
			if (hosted === undefined) {
				throw new Error('the kubelet is not open');
			}

			hosted.terms = terms;
			const scraped = await hosted.opened.read({
				signal: abort.signal,
				deadlineMs: performance.now() + terms.remainingMs,
				isViewed: () => terms.isViewed,
				restHoldsMs: terms.restHoldsMs,
			});
			const encoded = takeReadings(scraped).map((reading): Encoded => {
				encodeReading(reading, hosted.writer);
				return hosted.writer.take();
			});
			const {readings: _taken, ...head} = scraped;
			const {degraded} = head;
			this.#send(
				{
					kind: 'scraped',
					scrape,
					// A structured clone keeps the fields of an object, but only the message of an error.
					head: {...head, degraded: degraded instanceof KtopError ? degraded.toFailure() : degraded},
					readings: encoded,
				},
				encoded.map(({values}) => values.buffer),
			);
		} catch (error) {
			this.#send(
				error instanceof KtopError
					? {kind: 'failed', scrape, failure: error.toFailure()}
					: {kind: 'defect', scrape, message: error instanceof Error ? error.message : String(error)},
				[],
			);
		} finally {
			this.#scrapes.delete(scrape);
		}
	}
}
