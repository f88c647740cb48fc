import type {Failure} from '../../metrics/model/failure.ts';
import type {WayName} from './way.ts';

/** After so many nodes without one success, a way is not the first to be tried on the next node. */
const ENOUGH_NODES = 5;

type Failed = {readonly nodes: Set<string>; last: Failure};

/**
 * What the nodes of a cluster have in common: where no kubelet lets itself be read directly, as from most laptops, the
 * five-thousandth need not be waited for as long as the first.
 */
export class WayPrior {
	readonly #worked = new Set<WayName>();
	readonly #failed = new Map<WayName, Failed>();

	worked(way: WayName): void {
		this.#worked.add(way);
	}

	/** A node counts once, however often it fails. */
	failed(way: WayName, node: string, failure: Failure): void {
		const failed = this.#failed.get(way) ?? {nodes: new Set(), last: failure};
		this.#failed.set(way, failed);
		failed.last = failure;
		if (failed.nodes.size < ENOUGH_NODES) {
			failed.nodes.add(node);
		}
	}

	/** The index of the way, of a node's `ways`, that it begins with as long as it has no experience of its own. */
	first(ways: readonly WayName[]): number {
		const best = ways[0];
		return best !== undefined && this.#isHopeless(best)
			? Math.max(
					ways.findIndex(way => this.#worked.has(way)),
					0,
				)
			: 0;
	}

	/** Why a way was passed over. */
	reason(way: WayName): Failure | undefined {
		const failed = this.#failed.get(way);
		return (
			failed && {
				...failed.last,
				message: `not tried, as it failed on the first ${failed.nodes.size} nodes: ${failed.last.message}`,
			}
		);
	}

	#isHopeless(way: WayName): boolean {
		return !this.#worked.has(way) && (this.#failed.get(way)?.nodes.size ?? 0) >= ENOUGH_NODES;
	}
}
