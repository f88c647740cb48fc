import {Store, type StoreOptions} from '../metrics/store/store.ts';
import type {OpenSources} from './open-source.ts';

/** A sample is stale after this many intervals, and not before this time. */
const STALE_INTERVALS = 3;
const STALE_LEAST_MS = 30_000;

/** Scrapes at the same time: enough for thousands of nodes in ten seconds, few enough for one process. */
export const CONCURRENCY = 32;

export function staleAfterMs(intervalMs: number): number {
	return Math.max(STALE_INTERVALS * intervalMs, STALE_LEAST_MS);
}

/** An empty store with rings for the window. */
export function openStore(
	{intervalMs, inventory, clusters}: Pick<OpenSources, 'clusters' | 'intervalMs' | 'inventory'>,
	windowMs: number,
	options: Pick<StoreOptions, 'isAdvanced' | 'ringBytes'> = {},
): Store {
	return new Store({
		capacity: Math.ceil(windowMs / intervalMs) + 1,
		intervalMs,
		staleAfterMs: staleAfterMs(intervalMs),
		inventory,
		clusters: clusters?.inventories,
		...options,
	});
}
