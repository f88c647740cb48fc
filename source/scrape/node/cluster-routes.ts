import type {TlsOptions} from '../../http/endpoint.ts';
import type {Failure} from '../../metrics/model/failure.ts';
import type {NodeAddressType, NodeInfo} from '../../metrics/model/inventory.ts';
import type {ApiAccess} from '../metrics-api/api-access.ts';
import {createMetricsApi} from '../metrics-api/metrics-api.ts';
import {type DirectCredentials, directWay, readOnlyWay} from './direct-way.ts';
import {Gate} from './gate.ts';
import {kubeletAddress} from './kubelet-address.ts';
import {IMPERSONATING, noAddress, virtual} from './left-out.ts';
import {metricsApiWay} from './metrics-api-way.ts';
import {type Probe, probeWays} from './probe.ts';
import {proxyWay} from './proxy-way.ts';
import {resourcePath} from './resource-path.ts';
import type {NodeWays, Way} from './way.ts';
import {WayPrior} from './way-prior.ts';

export type {Probe} from './probe.ts';

/** Which ways may be taken: `direct` keeps to the kubelets themselves, `proxy` to the API server, `auto` tries both. */
export type Via = 'auto' | 'direct' | 'proxy';

/** What a node tells of the ways to it. */
export type ReachableNode = Pick<
	NodeInfo,
	'name' | 'addresses' | 'kubeletPort' | 'isVirtual' | 'metricsPath'
>;

export type ClusterRoutesOptions = {
	readonly via: Via;
	/** For a whole visit of one node. */
	readonly timeoutMs: number;
	readonly addressTypes?: readonly NodeAddressType[] | undefined;
	readonly kubeletTls: TlsOptions;
	/** Undefined where kubelets may not be asked directly, because they know nothing of the user that is acted as. */
	readonly kubeletCredentials: DirectCredentials | undefined;
	/** Undefined where there is no API server to ask. */
	readonly api: ApiAccess | undefined;
	/** Where a pod runs, which metrics.k8s.io does not tell. */
	readonly nodeOf: (namespace: string, pod: string) => string | undefined;
	/** Why the API server does not answer lists and watches at the moment, where it does not. */
	readonly outage?: (() => Failure | undefined) | undefined;
	/** The namespaces whose pods may be listed; undefined: all. */
	readonly namespaces: () => readonly string[] | undefined;
	/** 10255 if absent. */
	readonly readOnlyPort?: number | undefined;
	readonly now?: (() => number) | undefined;
};

/** What all nodes of one cluster share. */
export type ClusterRoutes = {
	readonly timeoutMs: number;
	readonly prior: WayPrior;
	/** Why the API server is out, where lists and watches show it. */
	readonly outage: () => Failure | undefined;
	/** Opens nothing yet. Whoever asks closes the ways. */
	readonly waysTo: (node: ReachableNode) => NodeWays;
	/**
	 * Tries each way to a node once, whatever was remembered of it; the read-only port and the proxy only where no
	 * better way to the kubelet works. Throws `KtopError` `aborted` alone.
	 */
	readonly probe: (node: ReachableNode, signal: AbortSignal) => Promise<readonly Probe[]>;
};

/** Requests through the proxy are work for the API server, which is there for others too. */
const PROXIED_AT_ONCE = 8;

/** An address that drops everything costs each visit so much; no more than a third of it, so that others have a chance. */
const CONNECT_TIMEOUT_MS = 3000;
const CONNECT_SHARE = 1 / 3;

/** Makes no request. */
export function createClusterRoutes(options: ClusterRoutesOptions): ClusterRoutes {
	const {via, timeoutMs, api, kubeletCredentials, now = Date.now} = options;
	const gate = new Gate(PROXIED_AT_ONCE);
	const metricsApi = api && createMetricsApi({...options, api, now});

	const directWays = (node: ReachableNode): NodeWays => {
		if (kubeletCredentials === undefined) {
			return {ways: [], leftOut: IMPERSONATING};
		}

		const address = kubeletAddress(node, options.addressTypes);
		if (address === undefined) {
			return {ways: [], leftOut: noAddress(node.name)};
		}

		const common = {
			address,
			connectTimeoutMs: Math.min(CONNECT_TIMEOUT_MS, timeoutMs * CONNECT_SHARE),
			resourcePath: resourcePath(node.metricsPath),
			now,
		};
		return {
			ways: [
				directWay({...common, tls: options.kubeletTls, credentials: kubeletCredentials}),
				readOnlyWay({...common, port: options.readOnlyPort}),
			],
			leftOut: undefined,
		};
	};

	const apiWays = ({name, metricsPath}: ReachableNode): readonly Way[] => {
		if (api === undefined || metricsApi === undefined || via === 'direct') {
			return [];
		}

		return [
			proxyWay({name, resourcePath: resourcePath(metricsPath), api, gate, now}),
			metricsApiWay(name, metricsApi),
		];
	};

	const waysTo = (node: ReachableNode): NodeWays => {
		if (node.isVirtual) {
			return {ways: apiWays(node), leftOut: virtual(node.name)};
		}

		const {ways, leftOut} = via === 'proxy' ? {ways: [], leftOut: undefined} : directWays(node);
		return {ways: [...ways, ...apiWays(node)], leftOut};
	};

	return {
		timeoutMs,
		prior: new WayPrior(),
		outage: options.outage ?? (() => undefined),
		waysTo,
		probe: (node, signal) => probeWays(waysTo(node), timeoutMs, signal),
	};
}
