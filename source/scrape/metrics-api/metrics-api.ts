import {KtopError} from '../../metrics/failure.ts';
import type {Reading} from '../../metrics/reading.ts';
import type {ApiAccess} from '../node/cluster-routes.ts';
import {decodeNodeMetrics, decodePodMetrics, type NodeMetrics, type PodMetrics} from './decode-metrics.ts';
import {readingOfNode} from './reading-of-node.ts';

export type MetricsApiOptions = {
	readonly api: ApiAccess;
	/** Where a pod runs: PodMetrics do not tell. */
	readonly nodeOf: (namespace: string, pod: string) => string | undefined;
	/** The namespaces whose pods may be listed; undefined: all. */
	readonly namespaces: () => readonly string[] | undefined;
	readonly timeoutMs: number;
	readonly now: () => number;
};

/** metrics.k8s.io, asked once for all nodes. */
export type MetricsApi = {
	/** `endMs` is on `performance.now()`'s clock. Throws `KtopError`. */
	readonly read: (
		node: string,
		signal: AbortSignal,
		endMs: number,
	) => Promise<{readonly reading: Reading; readonly latencyMs: number}>;
};

type Listing = {
	readonly nodes: ReadonlyMap<string, NodeMetrics>;
	readonly podsByNode: ReadonlyMap<string, readonly PodMetrics[]>;
	readonly receivedAtMs: number;
	readonly latencyMs: number;
};

/** Nodes that ask within this time share one answer; metrics-server measures every 15 s. */
const SHARED_MS = 5000;

/** PodMetrics are not served in pages; 150,000 pods are some 75 MB. */
const MAX_BODY_BYTES = 256 * 2 ** 20;

const VERSIONS = ['v1', 'v1beta1'] as const;

/** Tries v1, then v1beta1, as kubectl does. What of nodes and pods may not be listed is left out, unless it is both. */
export function createMetricsApi(options: MetricsApiOptions): MetricsApi {
	const {api, now} = options;
	let version: (typeof VERSIONS)[number] | undefined;
	let shared: {readonly listing: Promise<Listing>; readonly atMs: number} | undefined;

	const list = async (path: string, subject: string): Promise<unknown> => {
		for (const candidate of version === undefined ? VERSIONS : [version]) {
			const answer = await api.get(`/apis/metrics.k8s.io/${candidate}${path}`, {
				timeoutMs: options.timeoutMs,
				maxBytes: MAX_BODY_BYTES,
				accept: 'application/json',
			});
			if (answer.status === 404) {
				continue;
			}

			const failure = api.failureOf(answer, subject);
			if (failure !== undefined) {
				throw failure;
			}

			version = candidate;
			return parse(answer.body);
		}

		version = undefined;
		throw notInstalled(api.origin);
	};

	const listPods = async (): Promise<readonly PodMetrics[]> => {
		const namespaces = options.namespaces();
		const paths =
			namespaces === undefined
				? ['/pods']
				: namespaces.map(namespace => `/namespaces/${encodeURIComponent(namespace)}/pods`);
		const lists = await Promise.all(paths.map(path => list(path, 'list pods of metrics.k8s.io')));
		return lists.flatMap(decodePodMetrics);
	};

	const fetch = async (): Promise<Listing> => {
		const startedMs = performance.now();
		// One after the other: the first finds out which version there is.
		const [nodes] = await Promise.allSettled([list('/nodes', 'list nodes of metrics.k8s.io')]);
		const [pods] = await Promise.allSettled([listPods()]);
		if (nodes.status === 'rejected' && pods.status === 'rejected') {
			throw nodes.reason;
		}

		const podsByNode = new Map<string, PodMetrics[]>();
		for (const pod of pods.status === 'fulfilled' ? pods.value : []) {
			const node = options.nodeOf(pod.namespace, pod.name);
			if (node !== undefined) {
				const others = podsByNode.get(node);
				if (others === undefined) {
					podsByNode.set(node, [pod]);
				} else {
					others.push(pod);
				}
			}
		}

		const known = nodes.status === 'fulfilled' ? decodeNodeMetrics(nodes.value) : [];
		return {
			nodes: new Map(known.map(node => [node.name, node])),
			podsByNode,
			receivedAtMs: now(),
			latencyMs: performance.now() - startedMs,
		};
	};

	return {
		async read(name, signal, endMs) {
			if (shared === undefined || now() - shared.atMs > SHARED_MS) {
				const listing = fetch();
				// Whoever waits for it is told; nobody may be waiting any more.
				listing.catch(() => {});
				shared = {listing, atMs: now()};
			}

			const {nodes, podsByNode, receivedAtMs, latencyMs} = await before(shared.listing, signal, endMs);
			const node = nodes.get(name);
			const pods = podsByNode.get(name);
			if (node === undefined && pods === undefined) {
				throw unknownNode(name);
			}

			return {reading: readingOfNode(name, node, pods ?? [], receivedAtMs), latencyMs};
		},
	};
}

/** The result of shared work, or a timeout for the one who waits. */
function before<T>(work: Promise<T>, signal: AbortSignal, endMs: number): Promise<T> {
	return new Promise((resolve, reject) => {
		const give = (settle: () => void): void => {
			clearTimeout(timer);
			signal.removeEventListener('abort', onAbort);
			settle();
		};
		const onAbort = (): void => give(() => reject(stopped()));
		const timer = setTimeout(() => give(() => reject(tookTooLong())), Math.max(endMs - performance.now(), 1));
		signal.addEventListener('abort', onAbort, {once: true});
		work.then(
			value => give(() => resolve(value)),
			error => give(() => reject(error)),
		);
	});
}

function parse(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8'));
	} catch (error) {
		throw new KtopError(
			{
				code: 'bad-answer',
				brief: 'no JSON',
				message: 'metrics.k8s.io did not answer in JSON',
				hint: 'look at the metrics-server: kubectl get apiservice v1beta1.metrics.k8s.io',
			},
			{cause: error},
		);
	}
}

function notInstalled(origin: string): KtopError {
	return new KtopError({
		code: 'not-found',
		brief: 'no metrics.k8s.io',
		message: `${origin} has no metrics.k8s.io: no metrics-server is installed`,
		hint: 'none is needed where kubelets can be read; ktop doctor tells why they cannot',
	});
}

function unknownNode(name: string): KtopError {
	return new KtopError({
		code: 'not-found',
		brief: 'no metrics.k8s.io',
		message: `metrics.k8s.io knows nothing of node ${name}`,
		hint: 'the metrics-server could not read it either; look at the node',
	});
}

function tookTooLong(): KtopError {
	return new KtopError({
		code: 'timeout',
		brief: 'timeout metrics.k8s.io',
		message: 'metrics.k8s.io did not answer in time',
		hint: '--request-timeout allows it more time',
	});
}

function stopped(): KtopError {
	return new KtopError({
		code: 'aborted',
		brief: 'stopped',
		message: 'waiting for metrics.k8s.io was stopped',
		hint: 'ktop is shutting down or reads the node anew',
	});
}
