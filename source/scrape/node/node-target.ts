import {type Failure, KtopError} from '../../metrics/failure.ts';
import {RouteMemory} from '../kubelet/route-memory.ts';
import {DEADLINE_MARGIN_MS, NATURAL_INTERVAL_MS} from '../kubelet/target.ts';
import type {Scrape, Target} from '../target.ts';
import type {ClusterRoutes, NodeWays, ReachableNode} from './cluster-routes.ts';
import {isWorthTrying, mostTelling, type WayName} from './way.ts';

/** A node of a cluster, read by the first way that works. */
export function nodeTarget(node: ReachableNode, routes: ClusterRoutes): Target {
	const visitor = new NodeVisitor(routes, routes.waysTo(node));
	return {
		id: `node:${node.name}`,
		name: node.name,
		naturalIntervalMs: NATURAL_INTERVAL_MS,
		scrape: signal => visitor.visit(signal),
		close: () => visitor.close(),
	};
}

class NodeVisitor {
	readonly #routes: ClusterRoutes;
	readonly #ways: NodeWays['ways'];
	readonly #leftOut: Failure | undefined;
	readonly #memory: RouteMemory;
	#hasExperience = false;

	constructor(routes: ClusterRoutes, {ways, leftOut}: NodeWays) {
		this.#routes = routes;
		this.#ways = ways;
		this.#leftOut = leftOut;
		this.#memory = new RouteMemory(ways.length);
	}

	async close(): Promise<void> {
		await Promise.all(this.#ways.map(way => way.close()));
	}

	async visit(signal: AbortSignal): Promise<Scrape> {
		const {prior, timeoutMs} = this.#routes;
		const endMs = performance.now() + timeoutMs - DEADLINE_MARGIN_MS;
		const first = this.#begin();
		const failed = new Map<WayName, Failure>();
		for (const [index, way] of this.#inOrder(first)) {
			if (!isWorthTrying(way.name, failed) || performance.now() >= endMs) {
				continue;
			}

			try {
				const scrape = await way.read(signal, endMs);
				const isPassedOver = !this.#hasExperience && first > 0;
				this.#hasExperience = true;
				prior.worked(way.name);
				const better = mostTelling(failed) ?? (isPassedOver ? prior.reason('direct') : undefined);
				const remembered = this.#memory.worked(index, better);
				return {...scrape, degraded: remembered ?? this.#leftOut ?? scrape.degraded};
			} catch (error) {
				if (!(error instanceof KtopError) || error.code === 'aborted') {
					throw error;
				}

				if (!this.#hasExperience) {
					prior.failed(way.name, error);
				}

				failed.set(way.name, error);
			}
		}

		this.#hasExperience = true;
		this.#memory.allFailed();
		throw new KtopError(this.#leftOut ?? mostTelling(failed) ?? NO_WAY);
	}

	#begin(): number {
		return this.#hasExperience
			? this.#memory.begin()
			: this.#routes.prior.first(this.#ways.map(({name}) => name));
	}

	/** Those after the first, and on the first visit of all the better ones too, since nothing speaks against them yet. */
	#inOrder(first: number): ReadonlyArray<readonly [number, NodeWays['ways'][number]]> {
		const all = this.#ways.map((way, index) => [index, way] as const);
		return [...all.slice(first), ...(this.#hasExperience ? [] : all.slice(0, first))];
	}
}

const NO_WAY: Failure = {
	code: 'unreachable',
	brief: 'no way',
	message: 'there is no way to read this node that may be taken',
	hint: '--via auto allows all of them',
};
