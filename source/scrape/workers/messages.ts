import type {ClientCertificate} from '../../http/endpoint.ts';
import type {Failure} from '../../metrics/model/failure.ts';
import type {KubeletSite} from '../kubelet/open-kubelet.ts';
import type {Scrape} from '../target.ts';
import type {Encoded} from './sample-writer.ts';

/** The terms of one scrape: `remainingMs` because the threads' clocks begin at different times. */
export type ScrapeTerms = {
	readonly remainingMs: number;
	readonly isViewed: boolean;
	readonly restHoldsMs: number | undefined;
	readonly authorization: string | undefined;
	readonly clientCertificate: ClientCertificate | undefined;
};

/** To a scrape worker, several at once. Kubelets and scrapes are numbered by the sender. */
export type Order =
	| {readonly kind: 'open'; readonly kubelet: number; readonly site: KubeletSite}
	| {
			readonly kind: 'scrape';
			readonly kubelet: number;
			readonly scrape: number;
			readonly terms: ScrapeTerms;
			/** Transferred: the memory of readings that were read since the last scrape was ordered. */
			readonly spent: readonly ArrayBuffer[];
	  }
	/** `timeoutMs`: the time that the scrape had, if it is aborted because that has passed. */
	| {readonly kind: 'abort'; readonly scrape: number; readonly timeoutMs: number | undefined}
	| {readonly kind: 'close'; readonly kubelet: number};

/** The parts of a scrape other than its readings. */
export type ScrapeHead = Omit<Scrape, 'readings'>;

/** From a scrape worker, several at once: one report for each scrape. */
export type Report =
	| {
			readonly kind: 'scraped';
			readonly scrape: number;
			readonly head: ScrapeHead;
			/** One for each reading; their numbers are transferred. */
			readonly readings: readonly Encoded[];
	  }
	| {readonly kind: 'failed'; readonly scrape: number; readonly failure: Failure}
	| {readonly kind: 'defect'; readonly scrape: number; readonly message: string};
