import {afterEach} from 'vitest';
import {
	type ClusterRoutes,
	type ClusterRoutesOptions,
	createClusterRoutes,
	type ReachableNode,
} from '../../../source/scrape/node/cluster-routes.ts';
import {nodeTarget} from '../../../source/scrape/node/node-target.ts';
import type {Target} from '../../../source/scrape/target.ts';
import {pem, tlsOf} from '../../http/test-server.ts';
import {startRecordedKubelet} from '../kubelet/recorded-kubelet.ts';
import type {RecordedOptions, RecordedServer} from '../recorded-server.ts';
import {type RecordedApi, startRecordedApi} from './recorded-api-server.ts';

/** Nothing listens there: a connection is refused at once. */
export const CLOSED_PORT = 1;

export const PROXIED = '/api/v1/nodes/node-a/proxy/stats/summary';
export const PROXIED_LESS = '/api/v1/nodes/node-a/proxy/stats/summary?only_cpu_and_memory=true';
export const PROXIED_CADVISOR = '/api/v1/nodes/node-a/proxy/metrics/cadvisor';
export const PROXIED_RESOURCE = '/api/v1/nodes/node-a/proxy/metrics/resource';

const cleanUps: Array<() => Promise<unknown>> = [];

afterEach(async () => {
	await Promise.all(cleanUps.splice(0).map(cleanUp => cleanUp()));
});

export const failureOf = async (promise: Promise<unknown>) =>
	promise.then(
		() => 'it worked',
		error => error,
	);

/** A kubelet over TLS, with the name that a kubelet's own certificate has, that knows one token. */
export const openKubelet = (options: RecordedOptions = {}): Promise<RecordedServer> =>
	kept(startRecordedKubelet({tls: tlsOf('server-hostname'), token: 'let-me-in', ...options}));

export const openReadOnlyPort = (options: RecordedOptions = {}): Promise<RecordedServer> =>
	kept(startRecordedKubelet(options));

export const openApi = (options: RecordedOptions = {}): Promise<RecordedApi> =>
	kept(startRecordedApi(options));

export type Cluster = {
	readonly kubelet?: RecordedServer;
	readonly readOnly?: RecordedServer;
	readonly api?: RecordedApi;
	readonly options?: Partial<ClusterRoutesOptions>;
};

export function routesOf({readOnly, api, options}: Cluster): ClusterRoutes {
	return createClusterRoutes({
		via: 'auto',
		timeoutMs: 60_000,
		kubeletTls: {ca: pem('ca.crt')},
		kubeletCredentials: {authorization: async () => 'Bearer let-me-in', clientCertificate: undefined},
		api: api?.access,
		nodeOf: () => undefined,
		namespaces: () => undefined,
		readOnlyPort: readOnly === undefined ? CLOSED_PORT : portOf(readOnly),
		now: () => 42,
		...options,
	});
}

export function nodeOf(
	kubelet: RecordedServer | undefined,
	change: Partial<ReachableNode> = {},
): ReachableNode {
	return {
		name: 'node-a',
		addresses: [
			{type: 'Hostname', address: 'node-a'},
			{type: 'InternalIP', address: '127.0.0.1'},
		],
		kubeletPort: kubelet === undefined ? CLOSED_PORT : portOf(kubelet),
		isVirtual: false,
		metricsPath: undefined,
		...change,
	};
}

export function targetOf(node: ReachableNode, routes: ClusterRoutes): Target {
	const target = nodeTarget(node, routes);
	cleanUps.push(target.close);
	return target;
}

/** The one node of a cluster. */
export function openNode(cluster: Cluster, change: Partial<ReachableNode> = {}): Target {
	return targetOf(nodeOf(cluster.kubelet, change), routesOf(cluster));
}

export function portOf({origin}: RecordedServer): number {
	return Number(new URL(origin).port);
}

async function kept<S extends RecordedServer>(starting: Promise<S>): Promise<S> {
	const server = await starting;
	cleanUps.push(server.close);
	return server;
}
