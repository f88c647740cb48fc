import type {TlsOptions} from '../../http/endpoint.ts';
import type {Failure} from '../../metrics/model/failure.ts';
import type {NodeAddressType, NodeInfo} from '../../metrics/model/inventory.ts';
import type {OpenKubelet} from '../kubelet/open-kubelet.ts';
import type {ApiAccess} from '../metrics-api/api-access.ts';
import {createMetricsApi} from '../metrics-api/metrics-api.ts';
import {type DirectCredentials, directRoute, readOnlyRoute} from './direct-route.ts';
import {IMPERSONATING, noAddress, virtual} from './excluded-routes.ts';
import {Gate} from './gate.ts';
import {kubeletAddress} from './kubelet-address.ts';
import {metricsApiRoute} from './metrics-api-route.ts';
import {type Probe, type ProbeOptions, probeRoutes} from './probe.ts';
import {proxyRoute} from './proxy-route.ts';
import {refuseAnotherNode} from './refuse-another-node.ts';
import {resourcePath} from './resource-path.ts';
import type {NodeRoute, NodeRoutes} from './route.ts';
import {RoutePrior} from './route-prior.ts';

export type {Probe} from './probe.ts';

/** The allowed routes: `direct` only kubelets, `proxy` only the API server, `auto` both. */
export type Via = 'auto' | 'direct' | 'proxy';

/** The part of a node that determines its routes. */
export type ReachableNode = Pick<
	NodeInfo,
	'name' | 'addresses' | 'kubeletPort' | 'isVirtual' | 'metricsPath'
>;

export type ClusterRoutesOptions = {
	readonly via: Via;
	/** The time for a scrape of a node. It bounds connecting, so that other routes have time left, and shared lists. */
	readonly timeoutMs: number;
	readonly addressTypes?: readonly NodeAddressType[] | undefined;
	readonly kubeletTls: TlsOptions;
	/** Undefined while impersonating, which kubelets do not support: direct routes are then excluded. */
	readonly kubeletCredentials: DirectCredentials | undefined;
	/** Undefined without an API server. */
	readonly api: ApiAccess | undefined;
	/** The node of a pod, which metrics.k8s.io does not report. */
	readonly nodeOf: (namespace: string, pod: string) => string | undefined;
	/** The failure of list and watch during an outage of the API server; undefined otherwise. */
	readonly outage?: (() => Failure | undefined) | undefined;
	/** The namespaces in which pods may be listed; undefined: all. */
	readonly namespaces: () => readonly string[] | undefined;
	/** Whether a node of this name is listed. */
	readonly isListed?: ((node: string) => boolean) | undefined;
	/** How many nodes are listed. */
	readonly nodeCount?: (() => number) | undefined;
	/** By default 10255. */
	readonly readOnlyPort?: number | undefined;
	/** Opens kubelets that are reached directly; by default in this thread. */
	readonly openKubelet?: OpenKubelet | undefined;
	readonly now?: (() => number) | undefined;
};

/** The routes to the nodes of a cluster and their shared state. */
export type ClusterRoutes = {
	readonly prior: RoutePrior;
	/** The failure of list and watch during an outage of the API server; undefined otherwise. */
	readonly outage: () => Failure | undefined;
	/** Whether a node of this name is listed. */
	readonly isListed: (node: string) => boolean;
	/** Creates the routes to a node without connecting. The caller must close them. */
	readonly routesTo: (node: ReachableNode) => NodeRoutes;
	/**
	 * Tries each route to a node once, regardless of earlier results; the read-only port and the proxy only if no
	 * better route works. Only throws `KtopError` `aborted`.
	 */
	readonly probe: (node: ReachableNode, options: ProbeOptions) => Promise<readonly Probe[]>;
};

/** Limits the load that the proxy puts on the API server. */
const PROXIED_AT_ONCE = 8;

/** Limits the time that an unreachable address costs per scrape; at most a third, to leave time for other routes. */
const CONNECT_TIMEOUT_MS = 3000;
const CONNECT_SHARE = 1 / 3;

export function createClusterRoutes(options: ClusterRoutesOptions): ClusterRoutes {
	const {via, timeoutMs, api, kubeletCredentials, isListed = () => false, now = Date.now} = options;
	const gate = new Gate(PROXIED_AT_ONCE);
	const metricsApi = api && createMetricsApi({...options, api, now});

	const directRoutes = (node: ReachableNode): NodeRoutes => {
		if (kubeletCredentials === undefined) {
			return {routes: [], excluded: IMPERSONATING};
		}

		const address = kubeletAddress(node, options.addressTypes);
		if (address === undefined) {
			return {routes: [], excluded: noAddress(node.name)};
		}

		const common = {
			address,
			connectTimeoutMs: Math.min(CONNECT_TIMEOUT_MS, timeoutMs * CONNECT_SHARE),
			resourcePath: resourcePath(node.metricsPath),
			now,
			ofKubelets: options.nodeCount?.(),
			open: options.openKubelet,
		};
		return {
			routes: [
				directRoute({...common, tls: options.kubeletTls, credentials: kubeletCredentials}),
				readOnlyRoute({...common, port: options.readOnlyPort}),
			],
			excluded: undefined,
		};
	};

	const apiRoutes = ({name, metricsPath}: ReachableNode): readonly NodeRoute[] => {
		if (api === undefined || metricsApi === undefined || via === 'direct') {
			return [];
		}

		return [
			proxyRoute({name, resourcePath: resourcePath(metricsPath), api, gate, now}),
			metricsApiRoute(name, metricsApi),
		];
	};

	const routesTo = (node: ReachableNode): NodeRoutes => {
		if (node.isVirtual) {
			return {routes: apiRoutes(node), excluded: virtual(node.name)};
		}

		const {routes, excluded} = via === 'proxy' ? {routes: [], excluded: undefined} : directRoutes(node);
		return {routes: [...routes, ...apiRoutes(node)], excluded};
	};

	return {
		prior: new RoutePrior(),
		outage: options.outage ?? (() => undefined),
		isListed,
		routesTo,
		probe: (node, probing) =>
			probeRoutes(routesTo(node), timeoutMs, {
				...probing,
				check: readings => refuseAnotherNode(readings, node, isListed),
			}),
	};
}
