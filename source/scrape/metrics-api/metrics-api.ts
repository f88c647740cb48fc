import {type Failure, KtopError} from '../../metrics/model/failure.ts';
import type {Scrape} from '../target.ts';
import type {ApiAccess} from './api-access.ts';
import {decodeNodeMetrics, decodePodMetrics, type NodeMetrics, type PodMetrics} from './decode-metrics.ts';
import {createMetricsList, type MetricsList} from './metrics-list.ts';
import {readingOfNode} from './reading-of-node.ts';
import {SharedResult} from './shared-result.ts';

export type MetricsApiOptions = {
	readonly api: ApiAccess;
	/** Where a pod runs: PodMetrics do not tell. */
	readonly nodeOf: (namespace: string, pod: string) => string | undefined;
	/** The namespaces whose pods may be listed; undefined: all. */
	readonly namespaces: () => readonly string[] | undefined;
	/** For all that is asked at once. */
	readonly timeoutMs: number;
	readonly now: () => number;
};

/** metrics.k8s.io, asked once for all nodes. */
export type MetricsApi = {
	/** `endMs` is when whoever asks has to have it, on `performance.now()`'s clock. Throws `KtopError`. */
	readonly read: (node: string, signal: AbortSignal, endMs: number) => Promise<Scrape>;
};

type Listing = {
	readonly nodes: ReadonlyMap<string, NodeMetrics>;
	readonly podsByNode: ReadonlyMap<string, readonly PodMetrics[]>;
	/** Why there are no nodes in it, or not all pods. */
	readonly problem: Failure | undefined;
	readonly receivedAtMs: number;
	readonly latencyMs: number;
};

/** Half of how often nodes are read: so each read brings a newer answer, and one answer serves them all. */
const SHARED_MS = 5000;

/** What may not be listed, of nodes and pods, is left out and said, unless that leaves nothing. */
export function createMetricsApi(options: MetricsApiOptions): MetricsApi {
	const {now} = options;
	const list = createMetricsList(options.api);

	const listAll = async (): Promise<Listing> => {
		const startedMs = performance.now();
		const endMs = startedMs + options.timeoutMs;
		// One after the other: the first finds out which version there is.
		const nodes = await settled(list('/nodes', 'list nodes of metrics.k8s.io', endMs));
		if (nodes.failure?.code === 'not-found') {
			throw nodes.failure;
		}

		const pods = await listPods(list, options.namespaces(), endMs);
		const problem = nodes.failure ?? pods.problem;
		if (nodes.failure !== undefined && pods.lists.length === 0) {
			throw nodes.failure;
		}

		return {
			nodes: new Map(decodeNodeMetrics(nodes.value).map(node => [node.name, node])),
			podsByNode: byNode(pods.lists.flatMap(decodePodMetrics), options.nodeOf),
			problem,
			receivedAtMs: now(),
			latencyMs: performance.now() - startedMs,
		};
	};
	const shared = new SharedResult(listAll, SHARED_MS, now);

	return {
		async read(name, signal, endMs) {
			const {nodes, podsByNode, problem, receivedAtMs, latencyMs} = await inTime(shared.get(), signal, endMs);
			const node = nodes.get(name);
			const pods = podsByNode.get(name) ?? [];
			if (node === undefined && pods.length === 0) {
				throw new KtopError(problem ?? unknownNode(name));
			}

			return {
				readings: [readingOfNode(name, node, pods, receivedAtMs)],
				route: 'metrics.k8s.io',
				latencyMs,
				degraded: problem,
			};
		},
	};
}

type Settled<T> =
	| {readonly value: T; readonly failure?: undefined}
	| {readonly value?: undefined; readonly failure: KtopError};

async function settled<T>(work: Promise<T>): Promise<Settled<T>> {
	try {
		return {value: await work};
	} catch (error) {
		if (error instanceof KtopError) {
			return {failure: error};
		}

		throw error;
	}
}

/** The lists of all namespaces that may be listed, and why one may not. */
async function listPods(
	list: MetricsList,
	namespaces: readonly string[] | undefined,
	endMs: number,
): Promise<{readonly lists: readonly unknown[]; readonly problem: Failure | undefined}> {
	const paths =
		namespaces === undefined
			? ['/pods']
			: namespaces.map(namespace => `/namespaces/${encodeURIComponent(namespace)}/pods`);
	const results = await Promise.all(
		paths.map(path => settled(list(path, 'list pods of metrics.k8s.io', endMs))),
	);
	return {
		lists: results.flatMap(({failure, value}) => (failure === undefined ? [value] : [])),
		problem: results.find(({failure}) => failure !== undefined)?.failure,
	};
}

/** Pods of which nobody knows where they run are left out. */
function byNode(
	pods: readonly PodMetrics[],
	nodeOf: MetricsApiOptions['nodeOf'],
): ReadonlyMap<string, readonly PodMetrics[]> {
	const groups = new Map<string, PodMetrics[]>();
	for (const pod of pods) {
		const node = nodeOf(pod.namespace, pod.name);
		if (node === undefined) {
			continue;
		}

		const group = groups.get(node);
		if (group === undefined) {
			groups.set(node, [pod]);
		} else {
			group.push(pod);
		}
	}

	return groups;
}

/** The result of shared work, which goes on for the others when one has waited long enough or is stopped. */
function inTime<T>(work: Promise<T>, signal: AbortSignal, endMs: number): Promise<T> {
	return new Promise((resolve, reject) => {
		const give = (settle: () => void): void => {
			clearTimeout(timer);
			signal.removeEventListener('abort', onAbort);
			settle();
		};
		const onAbort = (): void => give(() => reject(stopped()));
		const timer = setTimeout(() => give(() => reject(tookTooLong())), Math.max(endMs - performance.now(), 1));
		signal.addEventListener('abort', onAbort, {once: true});
		if (signal.aborted) {
			onAbort();
		}

		work.then(
			value => give(() => resolve(value)),
			error => give(() => reject(error)),
		);
	});
}

function unknownNode(name: string): KtopError {
	return new KtopError({
		code: 'not-found',
		brief: 'not in metrics.k8s.io',
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
