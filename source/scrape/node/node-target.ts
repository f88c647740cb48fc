import {type Failure, KtopError} from '../../metrics/model/failure.ts';
import {RouteMemory} from '../kubelet/route-memory.ts';
import {DEADLINE_MARGIN_MS, NATURAL_INTERVAL_MS} from '../kubelet/target.ts';
import type {Scrape, Target} from '../target.ts';
import {explainByOutage, outByWays} from './api-server-out.ts';
import type {ClusterRoutes, ReachableNode} from './cluster-routes.ts';
import {virtual} from './left-out.ts';
import {isWorthTrying, mostTelling, type NodeWays, type Way, type WayName} from './way.ts';

/** A kubelet that hangs is first tried by all of its own routes: twice by the best, once by each of the other two. */
const HANGS_BEFORE_NEXT_WAY = 4;

/** With less time than this no way is begun. */
const LEAST_MS = 10;

/** A node of a cluster, read by the first way that works. */
export function nodeTarget(node: ReachableNode, routes: ClusterRoutes): Target {
	const visitor = new NodeVisitor(node, routes);
	return {
		id: `node:${node.name}`,
		name: node.name,
		naturalIntervalMs: NATURAL_INTERVAL_MS,
		scrape: signal => visitor.visit(signal),
		lookInto: isLookedInto => visitor.lookInto(isLookedInto),
		close: () => visitor.close(),
	};
}

class NodeVisitor {
	readonly #node: ReachableNode;
	readonly #routes: ClusterRoutes;
	readonly #ways: NodeWays['ways'];
	readonly #leftOut: Failure | undefined;
	readonly #memory: RouteMemory;
	/** Whether the memory has something to tell; until then, what other nodes of the cluster taught has. */
	#hasExperience = false;
	/** How the direct way failed when it was last tried. */
	#directFailure: Failure | undefined;
	#isLookedInto = false;

	constructor(node: ReachableNode, routes: ClusterRoutes) {
		const {ways, leftOut} = routes.waysTo(node);
		this.#node = node;
		this.#routes = routes;
		this.#ways = ways;
		this.#leftOut = leftOut;
		this.#memory = new RouteMemory(ways.length, HANGS_BEFORE_NEXT_WAY);
	}

	async close(): Promise<void> {
		await Promise.all(this.#ways.map(way => way.close()));
	}

	lookInto(isLookedInto: boolean): void {
		this.#isLookedInto = isLookedInto;
	}

	async visit(signal: AbortSignal): Promise<Scrape> {
		const endMs = performance.now() + this.#routes.timeoutMs - DEADLINE_MARGIN_MS;
		const failed = new Map<WayName, Failure>();
		for (const [index, way] of this.#inOrder()) {
			if (!isWorthTrying(way.name, this.#directFailure)) {
				continue;
			}

			try {
				const scrape = await way.read(signal, endMs, () => this.#isLookedInto);
				return {...scrape, degraded: this.#worked(index, way, failed) ?? scrape.degraded};
			} catch (error) {
				if (!(error instanceof KtopError) || error.code === 'aborted') {
					throw error;
				}

				this.#failed(way, error);
				failed.set(way.name, error);
				if (endMs - performance.now() < LEAST_MS) {
					this.#ranOut(index, error);
					throw this.#reason(failed);
				}
			}
		}

		this.#memory.allFailed();
		throw this.#reason(failed);
	}

	/** Begins with what worked before, here or elsewhere; where it was elsewhere, the better ways still have their turn. */
	#inOrder(): ReadonlyArray<readonly [number, Way]> {
		const all = this.#ways.map((way, index) => [index, way] as const);
		// What the nodes with a kubelet have in common says nothing of a virtual one, nor the other way round.
		if (this.#hasExperience || this.#node.isVirtual) {
			return all.slice(this.#memory.begin());
		}

		const first = this.#routes.prior.first(this.#ways.map(({name}) => name));
		return [...all.slice(first, first + 1), ...all.slice(0, first), ...all.slice(first + 1)];
	}

	/** Why the best way is not used, if it is not. */
	#worked(index: number, way: Way, failed: ReadonlyMap<WayName, Failure>): Failure | undefined {
		if (this.#node.isVirtual) {
			return this.#memory.worked(index, this.#leftOut);
		}

		const {prior} = this.#routes;
		const best = this.#ways[0];
		const passedOver = this.#hasExperience || best === undefined ? undefined : prior.reason(best.name);
		this.#hasExperience = true;
		prior.worked(way.name);
		if (way.name === 'direct') {
			this.#directFailure = undefined;
		}

		return this.#memory.worked(index, this.#told(failed) ?? passedOver) ?? this.#leftOut;
	}

	#failed(way: Way, failure: Failure): void {
		if (!this.#node.isVirtual) {
			this.#routes.prior.failed(way.name, this.#node.name, failure);
		}

		if (way.name === 'direct') {
			this.#directFailure = failure;
		}
	}

	/** The visit's time is over. If that goes on, the visits to come begin with the next way. */
	#ranOut(index: number, failure: Failure): void {
		if (failure.code === 'timeout') {
			this.#hasExperience = true;
			this.#memory.hung(index, failure);
		} else {
			this.#memory.allFailed();
		}
	}

	/** What tells most of those that failed; of the kubelet, by the API server's being out where that explains it. */
	#told(failed: ReadonlyMap<WayName, Failure>): Failure | undefined {
		const direct = failed.get('direct');
		return direct === undefined
			? mostTelling(failed)
			: explainByOutage(direct, this.#routes.outage() ?? outByWays(failed));
	}

	/** Where a visit began with a proxy that is refused, how the direct way failed before tells more than its 403. */
	#withDirect(failed: ReadonlyMap<WayName, Failure>): ReadonlyMap<WayName, Failure> {
		const direct = failed.get('direct') ?? this.#directFailure;
		return direct === undefined || mostTelling(failed)?.code !== 'forbidden'
			? failed
			: new Map([...failed, ['direct', direct]]);
	}

	/** A virtual node is no failure of anything; else what has really been tried tells more. */
	#reason(failed: ReadonlyMap<WayName, Failure>): KtopError {
		const {isVirtual, name} = this.#node;
		const failure = isVirtual
			? virtual(name, failed.get('proxy'))
			: (this.#told(this.#withDirect(failed)) ?? this.#leftOut);
		return failure instanceof KtopError ? failure : new KtopError(failure ?? NO_WAY);
	}
}

const NO_WAY: Failure = {
	code: 'unreachable',
	brief: 'no way',
	message: 'there is no way to read this node that may be taken',
	hint: '--via auto allows all of them',
};
