import type {Failure} from '../../metrics/model/failure.ts';
import type {StoreRegion} from './collection-store.ts';
import type {CollectionTracker} from './inventory-status.ts';

/** A collection that is reflected until its signal aborts; `end` resolves then. */
export type Kept<Item> = {
	readonly region: StoreRegion<Item>;
	readonly tracker: CollectionTracker;
	readonly end: Promise<void>;
};

/** Overrides the region and the failure callback of a reflector. */
export type Interception<Item> = {
	readonly region: StoreRegion<Item>;
	readonly onFailure: (failure: Failure) => void;
};

export type EverywhereOptions<Item> = {
	/** Reflects the collection of all namespaces. */
	readonly keepAll: (
		signal: AbortSignal,
		intercept: (region: StoreRegion<Item>, tracker: CollectionTracker) => Interception<Item>,
	) => Kept<Item>;
	/** Reflects that of one namespace. */
	readonly keepOne: (namespace: string, signal: AbortSignal) => Kept<Item>;
	/** The namespaces to reflect while the right to list all is missing. */
	readonly fallback: readonly string[];
	readonly signal: AbortSignal;
};

/**
 * The refusals in a row after which a right that ktop had counts as revoked: about 40 s of back-off, while an API server
 * that is starting refuses for some seconds.
 */
const REVOKED_AFTER_REFUSALS = 8;

/**
 * Reflects the pods, or controllers, of all namespaces. While that is not allowed, reflects the fallback namespaces instead and keeps
 * retrying. A 403 after a success keeps the data at first, because an API server that is starting returns 403 for some
 * seconds; once the right is revoked, pods of other namespaces are forgotten, since nothing tells when they end.
 */
export async function keepEverywhere<Item>(options: EverywhereOptions<Item>): Promise<void> {
	const {keepAll, keepOne, fallback, signal} = options;
	let hasListed = false;
	let refusals = 0;
	let standIn: {readonly abort: AbortController; readonly kept: ReadonlyArray<Kept<Item>>} | undefined;
	const ends: Array<Promise<void>> = [];

	const narrow = (tracker: CollectionTracker): void => {
		const abort = new AbortController();
		const kept = fallback.map(namespace => keepOne(namespace, AbortSignal.any([signal, abort.signal])));
		standIn = {abort, kept};
		ends.push(...kept.map(({end}) => end));
		tracker.replaceBy(fallback);
	};

	const widen = (region: StoreRegion<Item>, tracker: CollectionTracker): void => {
		for (const kept of standIn?.kept ?? []) {
			region.adopt(kept.region);
			kept.tracker.end();
		}
		standIn?.abort.abort();
		standIn = undefined;
		tracker.replaceBy([]);
	};

	const all = keepAll(signal, (region, tracker) => ({
		region: {
			...region,
			replace: async items => {
				hasListed = true;
				refusals = 0;
				if (standIn !== undefined) {
					widen(region, tracker);
				}
				await region.replace(items);
			},
		},
		onFailure: failure => {
			if (standIn !== undefined) {
				return;
			}
			refusals = failure.code === 'forbidden' ? refusals + 1 : 0;
			const isRefused = refusals > 0 && (!hasListed || refusals >= REVOKED_AFTER_REFUSALS);
			if (isRefused && fallback.length > 0) {
				region.clear();
				narrow(tracker);
			} else {
				tracker.onFailure(failure);
			}
		},
	}));
	await all.end;
	await Promise.all(ends);
}
