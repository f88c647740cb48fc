import type {Failure} from '../../metrics/model/failure.ts';
import type {Scrape, ScrapeContext} from '../target.ts';

/** The routes to a node, best first. */
export type RouteName = 'direct' | 'read-only' | 'proxy' | 'metrics.k8s.io';

export type NodeRoute = {
	readonly name: RouteName;
	/** Scrapes the node. Throws `KtopError`. */
	readonly read: (context: ScrapeContext) => Promise<Scrape>;
	readonly close: () => Promise<void>;
};

/** The routes to one node, best first, and why the direct ones are excluded, if so. */
export type NodeRoutes = {readonly routes: readonly NodeRoute[]; readonly excluded: Failure | undefined};

/** Failures of the direct route which show that the address is reachable. */
const REACHABLE: ReadonlySet<Failure['code']> = new Set([
	'refused',
	'unauthorized',
	'forbidden',
	'connection-lost',
]);

/**
 * Whether to try a route, given the last failure of the direct one: at an unreachable address the read-only port is
 * unreachable too.
 */
export function isWorthTrying(route: RouteName, direct: Failure | undefined): boolean {
	return (
		route !== 'read-only' ||
		direct === undefined ||
		REACHABLE.has(direct.code) ||
		direct.code.startsWith('tls-')
	);
}

/** The failure to show for a scrape: that of the direct route, or else the first one. */
export function mostRelevant(failed: ReadonlyMap<RouteName, Failure>): Failure | undefined {
	return failed.get('direct') ?? failed.values().next().value;
}
