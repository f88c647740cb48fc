import type {Failure} from '../../metrics/failure.ts';
import type {Scrape} from '../target.ts';

/** Ways to the numbers of a node, best first. */
export type WayName = 'direct' | 'read-only' | 'proxy' | 'metrics.k8s.io';

export type Way = {
	readonly name: WayName;
	/** `endMs` is when it has to end, on `performance.now()`'s clock. Throws `KtopError`. */
	readonly read: (signal: AbortSignal, endMs: number) => Promise<Scrape>;
	readonly close: () => Promise<void>;
};

/** Failures of the direct way that show that a machine answers there: its read-only port may be open. */
const ANSWERED: ReadonlySet<Failure['code']> = new Set([
	'refused',
	'unauthorized',
	'forbidden',
	'connection-lost',
	'not-found',
	'bad-answer',
]);

/** Whether a way is worth trying after what failed in the same visit. */
export function isWorthTrying(way: WayName, failed: ReadonlyMap<WayName, Failure>): boolean {
	const direct = failed.get('direct');
	return (
		way !== 'read-only' || direct === undefined || ANSWERED.has(direct.code) || direct.code.startsWith('tls-')
	);
}

/** Of several failures the one to tell: that of the best way. */
export function mostTelling(failed: ReadonlyMap<WayName, Failure>): Failure | undefined {
	return failed.get('direct') ?? failed.values().next().value;
}
