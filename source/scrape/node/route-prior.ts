import type {Failure} from '../../metrics/model/failure.ts';
import type {RouteName} from './route.ts';

/** A route that failed on this many nodes without a success is not tried first on further nodes. */
const ENOUGH_NODES = 5;

type Failed = {readonly nodes: Set<string>; last: Failure};

/**
 * The results of routes on all nodes of a cluster, which decide the first route of new nodes. If direct access fails
 * everywhere, as from most laptops, it costs a timeout only on the first nodes.
 */
export class RoutePrior {
	readonly #worked = new Set<RouteName>();
	readonly #failed = new Map<RouteName, Failed>();

	worked(route: RouteName): void {
		this.#worked.add(route);
	}

	/** Records a failure; counts each node once. */
	failed(route: RouteName, node: string, failure: Failure): void {
		const failed = this.#failed.get(route) ?? {nodes: new Set(), last: failure};
		this.#failed.set(route, failed);
		failed.last = failure;
		if (failed.nodes.size < ENOUGH_NODES) {
			failed.nodes.add(node);
		}
	}

	/** The index of the route to try first on a node without results of its own. */
	first(routes: readonly RouteName[]): number {
		const best = routes[0];
		return best !== undefined && this.#isHopeless(best)
			? Math.max(
					routes.findIndex(route => this.#worked.has(route)),
					0,
				)
			: 0;
	}

	/** Why a route was not tried first. */
	reason(route: RouteName): Failure | undefined {
		const failed = this.#failed.get(route);
		return (
			failed && {
				...failed.last,
				message: `not tried because it failed on the first ${failed.nodes.size} nodes: ${failed.last.message}`,
			}
		);
	}

	#isHopeless(route: RouteName): boolean {
		return !this.#worked.has(route) && (this.#failed.get(route)?.nodes.size ?? 0) >= ENOUGH_NODES;
	}
}
