import {type Failure, KtopError} from '../../metrics/model/failure.ts';
import {RouteMemory} from '../kubelet/route-memory.ts';
import {NATURAL_INTERVAL_MS} from '../kubelet/target.ts';
import type {Scrape, ScrapeContext, Target} from '../target.ts';
import {explainByOutage, outageOfRoutes} from './api-server-outage.ts';
import type {ClusterRoutes, ReachableNode} from './cluster-routes.ts';
import {virtual} from './excluded-routes.ts';
import {refuseAnotherNode} from './refuse-another-node.ts';
import {isWorthTrying, mostRelevant, type NodeRoute, type NodeRoutes, type RouteName} from './route.ts';

/** Hangs of a kubelet before the next route: two on its best endpoint and one on each of the other two. */
const HANGS_BEFORE_NEXT_ROUTE = 4;

/** The minimum remaining time to try another route. */
const LEAST_MS = 10;

/**
 * A node of a cluster, scraped by the first route that works. `cluster` is the name of the cluster, where several are
 * read.
 */
export function nodeTarget(node: ReachableNode, routes: ClusterRoutes, cluster?: string): Target {
	// Routes of thousands of nodes at once are a long turn of the event loop.
	let visitor: NodeVisitor | undefined;
	return {
		// Ids of pods and containers go on with a slash, which names of contexts may contain.
		id: cluster === undefined ? `node:${node.name}` : `node:${encodeURIComponent(cluster)}/${node.name}`,
		cluster,
		name: node.name,
		naturalIntervalMs: NATURAL_INTERVAL_MS,
		scrape(context) {
			visitor ??= new NodeVisitor(node, routes);
			return visitor.visit(context);
		},
		readsMoreWhenViewed: true,
		readsLess: true,
		close: async () => visitor?.close(),
	};
}

class NodeVisitor {
	readonly #node: ReachableNode;
	readonly #cluster: ClusterRoutes;
	readonly #routes: NodeRoutes['routes'];
	readonly #excluded: Failure | undefined;
	readonly #memory: RouteMemory;
	/** Whether a route of this node has worked or hung; until then the results of other nodes decide. */
	#hasExperience = false;
	/** The last failure of the direct route. */
	#directFailure: Failure | undefined;

	constructor(node: ReachableNode, cluster: ClusterRoutes) {
		const {routes, excluded} = cluster.routesTo(node);
		this.#node = node;
		this.#cluster = cluster;
		this.#routes = routes;
		this.#excluded = excluded;
		this.#memory = new RouteMemory(routes.length, HANGS_BEFORE_NEXT_ROUTE);
	}

	async close(): Promise<void> {
		await Promise.all(this.#routes.map(route => route.close()));
	}

	async visit(context: ScrapeContext): Promise<Scrape> {
		const failed = new Map<RouteName, Failure>();
		for (const [index, route] of this.#inOrder()) {
			if (!isWorthTrying(route.name, this.#directFailure)) {
				continue;
			}

			try {
				const scrape = await route.read(context);
				refuseAnotherNode(scrape.readings, this.#node, this.#cluster.isListed);
				return {...scrape, degraded: this.#worked(index, route, failed) ?? scrape.degraded};
			} catch (error) {
				if (!(error instanceof KtopError) || error.code === 'aborted') {
					throw error;
				}

				this.#failed(route, error);
				failed.set(route.name, error);
				if (context.deadlineMs - performance.now() < LEAST_MS) {
					this.#ranOut(index, error);
					throw this.#reason(failed);
				}
			}
		}

		this.#memory.allFailed();
		throw this.#reason(failed);
	}

	/** Starts with the route that worked before. If it only worked on other nodes, the better routes follow it. */
	#inOrder(): ReadonlyArray<readonly [number, NodeRoute]> {
		const all = this.#routes.map((route, index) => [index, route] as const);
		// Results of nodes with a kubelet do not apply to virtual nodes, or vice versa.
		if (this.#hasExperience || this.#node.isVirtual) {
			return all.slice(this.#memory.begin());
		}

		const first = this.#cluster.prior.first(this.#routes.map(({name}) => name));
		return [...all.slice(first, first + 1), ...all.slice(0, first), ...all.slice(first + 1)];
	}

	/** Records a success; returns why a better route is not used, if so. */
	#worked(index: number, route: NodeRoute, failed: ReadonlyMap<RouteName, Failure>): Failure | undefined {
		if (this.#node.isVirtual) {
			return this.#memory.worked(index, this.#excluded);
		}

		const {prior} = this.#cluster;
		const best = this.#routes[0];
		const notTried = this.#hasExperience || best === undefined ? undefined : prior.reason(best.name);
		this.#hasExperience = true;
		prior.worked(route.name);
		if (route.name === 'direct') {
			this.#directFailure = undefined;
		}

		return this.#memory.worked(index, this.#mostRelevant(failed) ?? notTried) ?? this.#excluded;
	}

	#failed(route: NodeRoute, failure: Failure): void {
		if (!this.#node.isVirtual) {
			this.#cluster.prior.failed(route.name, this.#node.name, failure);
		}

		if (route.name === 'direct') {
			this.#directFailure = failure;
		}
	}

	/** Records that the time ran out. If that repeats, later scrapes start with the next route. */
	#ranOut(index: number, failure: Failure): void {
		if (failure.code === 'timeout') {
			this.#hasExperience = true;
			this.#memory.hung(index, failure);
		} else {
			this.#memory.allFailed();
		}
	}

	/** The most relevant failure; a failure of the kubelet is explained by an outage of the API server. */
	#mostRelevant(failed: ReadonlyMap<RouteName, Failure>): Failure | undefined {
		const direct = failed.get('direct');
		return direct === undefined
			? mostRelevant(failed)
			: explainByOutage(direct, this.#cluster.outage() ?? outageOfRoutes(failed));
	}

	/**
	 * Adds the last failure of the direct route if the proxy is forbidden, because it is more relevant than that 403.
	 */
	#withDirect(failed: ReadonlyMap<RouteName, Failure>): ReadonlyMap<RouteName, Failure> {
		const direct = failed.get('direct') ?? this.#directFailure;
		return direct === undefined || mostRelevant(failed)?.code !== 'forbidden'
			? failed
			: new Map([...failed, ['direct', direct]]);
	}

	/** The error of a scrape without a working route. Tried routes take precedence over excluded ones. */
	#reason(failed: ReadonlyMap<RouteName, Failure>): KtopError {
		const {isVirtual, name} = this.#node;
		const failure = isVirtual
			? virtual(name, failed.get('proxy'))
			: (this.#mostRelevant(this.#withDirect(failed)) ?? this.#excluded);
		return failure instanceof KtopError ? failure : new KtopError(failure ?? NO_ROUTE);
	}
}

const NO_ROUTE: Failure = {
	code: 'unreachable',
	brief: 'no route',
	message: 'there is no allowed route to this node',
	hint: '--via auto allows all routes',
};
