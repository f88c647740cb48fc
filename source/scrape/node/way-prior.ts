import type {Failure} from '../../metrics/failure.ts';
import type {WayName} from './way.ts';

/** After so many nodes without one success, a way is not the first to be tried on the next node. */
const ENOUGH_NODES = 5;

/**
 * What the nodes of a cluster have in common: where no kubelet lets itself be read directly, as from most laptops, the
 * five-thousandth need not be waited for as long as the first.
 */
export class WayPrior {
	readonly #worked = new Set<WayName>();
	readonly #failures = new Map<WayName, {count: number; last: Failure}>();

	worked(way: WayName): void {
		this.#worked.add(way);
	}

	failed(way: WayName, failure: Failure): void {
		this.#failures.set(way, {count: (this.#failures.get(way)?.count ?? 0) + 1, last: failure});
	}

	/** The index of the way that a node without experience begins with. */
	first(ways: readonly WayName[]): number {
		const best = ways.findIndex(way => !this.#isHopeless(way));
		const way = ways[best];
		return way !== undefined && this.#worked.has(way) ? best : 0;
	}

	/** Why a way was passed over. */
	reason(way: WayName): Failure | undefined {
		const failures = this.#failures.get(way);
		return (
			failures && {
				...failures.last,
				message: `not tried yet, since it failed on the first ${failures.count} nodes: ${failures.last.message}`,
			}
		);
	}

	#isHopeless(way: WayName): boolean {
		return !this.#worked.has(way) && (this.#failures.get(way)?.count ?? 0) >= ENOUGH_NODES;
	}
}
