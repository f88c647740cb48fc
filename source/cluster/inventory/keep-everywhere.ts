import type {Failure} from '../../metrics/model/failure.ts';
import type {StoreRegion} from './collection-store.ts';
import type {CollectionTracker} from './inventory-status.ts';

/** How a collection is kept until the signal aborts; its region, its tracker and its end. */
export type Kept<Item> = {
	readonly region: StoreRegion<Item>;
	readonly tracker: CollectionTracker;
	readonly end: Promise<void>;
};

/** Changes what the keeping of a collection tells of itself. */
export type Interception<Item> = {
	readonly region: StoreRegion<Item>;
	readonly onFailure: (failure: Failure) => void;
};

export type EverywhereOptions<Item> = {
	/** Keeps the pods of all namespaces. */
	readonly keepAll: (
		signal: AbortSignal,
		intercept: (region: StoreRegion<Item>, tracker: CollectionTracker) => Interception<Item>,
	) => Kept<Item>;
	/** Keeps those of one namespace. */
	readonly keepOne: (namespace: string, signal: AbortSignal) => Kept<Item>;
	/** Where to look while the right to all is missing. */
	readonly fallback: readonly string[];
	readonly signal: AbortSignal;
};

/**
 * Keeps the pods of all namespaces, and those of the fallback in their place for as long as the right to all was never
 * there. The wide list is tried again all the while: an API server that is starting refuses for some seconds what it
 * allows later. A refusal after a success narrows nothing: what is held stays until the list works again.
 */
export async function keepEverywhere<Item>(options: EverywhereOptions<Item>): Promise<void> {
	const {keepAll, keepOne, fallback, signal} = options;
	let hasListed = false;
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
			replace: items => {
				hasListed = true;
				if (standIn !== undefined) {
					widen(region, tracker);
				}
				region.replace(items);
			},
		},
		onFailure: failure => {
			if (standIn !== undefined) {
				return;
			}
			if (failure.code === 'forbidden' && !hasListed && fallback.length > 0) {
				narrow(tracker);
			} else {
				tracker.onFailure(failure);
			}
		},
	}));
	await all.end;
	await Promise.all(ends);
}
