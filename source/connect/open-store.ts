import {Store} from '../metrics/store/store.ts';
import type {OpenSources} from './open-source.ts';

/** Misses that a node is allowed before its sample no longer counts in sums, and the least time for them. */
const STALE_INTERVALS = 3;
const STALE_LEAST_MS = 30_000;

/** How many may be read at once: enough for thousands of nodes in ten seconds, few enough for one process. */
export const CONCURRENCY = 32;

export function staleAfterMs(intervalMs: number): number {
	return Math.max(STALE_INTERVALS * intervalMs, STALE_LEAST_MS);
}

/** An empty store with rings for the window. */
export function openStore(
	{intervalMs, inventory}: Pick<OpenSources, 'intervalMs' | 'inventory'>,
	windowMs: number,
): Store {
	return new Store({
		capacity: Math.ceil(windowMs / intervalMs) + 1,
		staleAfterMs: staleAfterMs(intervalMs),
		inventory,
	});
}
