import type {Failure} from '../../metrics/model/failure.ts';
import type {Scrape} from '../target.ts';

/** Ways to the numbers of a node, best first. */
export type WayName = 'direct' | 'read-only' | 'proxy' | 'metrics.k8s.io';

export type Way = {
	readonly name: WayName;
	/**
	 * `endMs` is when it has to end, on `performance.now()`'s clock; `isLookedInto` whether what is too dear for all nodes
	 * is wanted too. Throws `KtopError`.
	 */
	readonly read: (signal: AbortSignal, endMs: number, isLookedInto?: () => boolean) => Promise<Scrape>;
	readonly close: () => Promise<void>;
};

/** The ways to one node, best first, and why the direct ones are not among them, where they are not. */
export type NodeWays = {readonly ways: readonly Way[]; readonly leftOut: Failure | undefined};

/** Failures of the direct way that show that a machine answers at that address. */
const ANSWERED: ReadonlySet<Failure['code']> = new Set([
	'refused',
	'unauthorized',
	'forbidden',
	'connection-lost',
]);

/**
 * Whether a way is worth its time, by how the direct one failed last: where no machine answers at an address, its
 * read-only port does not either.
 */
export function isWorthTrying(way: WayName, direct: Failure | undefined): boolean {
	return (
		way !== 'read-only' || direct === undefined || ANSWERED.has(direct.code) || direct.code.startsWith('tls-')
	);
}

/** Of the failures of one visit, in the order in which they came, the one to tell: that of the best way. */
export function mostTelling(failed: ReadonlyMap<WayName, Failure>): Failure | undefined {
	return failed.get('direct') ?? failed.values().next().value;
}
