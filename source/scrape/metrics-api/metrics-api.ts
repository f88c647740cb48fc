import {pathSegment} from '../../http/path-segment.ts';
import {type Failure, KtopError} from '../../metrics/model/failure.ts';
import {remainingMs} from '../remaining-ms.ts';
import type {Scrape, ScrapeContext} from '../target.ts';
import type {ApiAccess} from './api-access.ts';
import {decodeNodeMetrics, decodePodMetrics, type NodeMetrics, type PodMetrics} from './decode-metrics.ts';
import {createMetricsList, type MetricsList} from './metrics-list.ts';
import {readingOfNode} from './reading-of-node.ts';
import {SharedResult} from './shared-result.ts';

export type MetricsApiOptions = {
	readonly api: ApiAccess;
	/** The node of a pod, which PodMetrics do not have. */
	readonly nodeOf: (namespace: string, pod: string) => string | undefined;
	/** The namespaces in which pods may be listed; undefined: all. */
	readonly namespaces: () => readonly string[] | undefined;
	/** The deadline of all lists together. */
	readonly timeoutMs: number;
	readonly now: () => number;
};

/** metrics.k8s.io; one list serves all nodes. */
export type MetricsApi = {
	/** Reads one node. Throws `KtopError`. */
	readonly read: (node: string, context: ScrapeContext) => Promise<Scrape>;
};

type Listing = {
	readonly nodes: ReadonlyMap<string, NodeMetrics>;
	readonly podsByNode: ReadonlyMap<string, readonly PodMetrics[]>;
	/** Why nodes or some pods are missing. */
	readonly problem: Failure | undefined;
	readonly receivedAtMs: number;
	readonly latencyMs: number;
};

/** Half the default interval: each round gets a new list, and one list serves all nodes. */
const SHARED_MS = 5000;

/** Lists that are forbidden are omitted and reported as `degraded`; throws only if nothing remains. */
export function createMetricsApi(options: MetricsApiOptions): MetricsApi {
	const {now} = options;
	const list = createMetricsList(options.api);

	const listAll = async (): Promise<Listing> => {
		const startedMs = performance.now();
		const deadlineMs = startedMs + options.timeoutMs;
		// Sequential, because the first list detects the served version.
		const nodes = await settled(list('/nodes', 'list nodes of metrics.k8s.io', deadlineMs));
		if (nodes.failure?.code === 'not-found') {
			throw nodes.failure;
		}

		const pods = await listPods(list, options.namespaces(), deadlineMs);
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
		async read(name, context) {
			const {nodes, podsByNode, problem, receivedAtMs, latencyMs} = await inTime(shared.get(), context);
			const node = nodes.get(name);
			const pods = podsByNode.get(name) ?? [];
			if (node === undefined && pods.length === 0) {
				throw new KtopError(problem ?? unknownNode(name));
			}

			return {
				readings: [readingOfNode(name, node, pods, receivedAtMs)],
				route: {kind: 'metrics-api'},
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

/** The pod lists that succeeded, and the first failure. */
async function listPods(
	list: MetricsList,
	namespaces: readonly string[] | undefined,
	deadlineMs: number,
): Promise<{readonly lists: readonly unknown[]; readonly problem: Failure | undefined}> {
	const paths =
		namespaces === undefined
			? ['/pods']
			: namespaces.map(namespace => `/namespaces/${pathSegment(namespace)}/pods`);
	const results = await Promise.all(
		paths.map(path => settled(list(path, 'list pods of metrics.k8s.io', deadlineMs))),
	);
	return {
		lists: results.flatMap(({failure, value}) => (failure === undefined ? [value] : [])),
		problem: results.find(({failure}) => failure !== undefined)?.failure,
	};
}

/** Groups pods by node; skips pods whose node is unknown. */
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

/** Settles like `work`, or rejects at the deadline or on abort. The work continues for other callers. */
function inTime<T>(work: Promise<T>, {signal, deadlineMs}: ScrapeContext): Promise<T> {
	return new Promise((resolve, reject) => {
		const give = (settle: () => void): void => {
			clearTimeout(timer);
			signal.removeEventListener('abort', onAbort);
			settle();
		};
		const onAbort = (): void => give(() => reject(stopped()));
		const timer = setTimeout(() => give(() => reject(tookTooLong())), remainingMs(deadlineMs));
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
		message: `metrics.k8s.io has no metrics of node ${name}`,
		hint: 'metrics-server could not scrape it either; check the node',
	});
}

function tookTooLong(): KtopError {
	return new KtopError({
		code: 'timeout',
		brief: 'timeout metrics.k8s.io',
		message: 'metrics.k8s.io did not answer in time',
		hint: '--request-timeout raises the deadline',
	});
}

function stopped(): KtopError {
	return new KtopError({
		code: 'aborted',
		brief: 'stopped',
		message: 'waiting for metrics.k8s.io was stopped',
		hint: 'ktop is shutting down or restarts the scrape',
	});
}
