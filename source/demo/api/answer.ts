import {answer, type DemoAnswer} from '../kubelet/answer.ts';
import type {ClusterModel} from '../model/cluster.ts';
import {entries, type Selection} from './collection.ts';
import type {Json} from './json.ts';
import {list} from './list.ts';
import {nodeMetrics, podMetrics} from './metrics-object.ts';
import {statusObject} from './status.ts';
import {CLUSTER_VERSION} from './version.ts';
import {type Watch, watch} from './watch.ts';

const COLLECTION = /^\/api\/v1\/(?:namespaces\/([^/]+)\/)?(nodes|pods)(?:\/([^/]+))?$/;
const PROXY = /^\/api\/v1\/nodes\/([^/]+)\/proxy(\/.*)$/;
const METRICS = /^\/apis\/metrics\.k8s\.io\/v1beta1\/(?:namespaces\/([^/]+)\/)?(nodes|pods)$/;

const WATCH_SECONDS = 1800;

/** What the API server answers: a whole body, or a watch. A proxied kubelet may hang. */
export function answerApi(
	cluster: ClusterModel,
	method: string,
	url: string,
	nowMs: number,
): DemoAnswer | {readonly watch: Watch} | 'hang' {
	if (method !== 'GET') {
		return json(405, statusObject(405, 'MethodNotAllowed', 'the demo is for reading'));
	}

	const {pathname, search, searchParams} = new URL(url, 'http://demo');
	if (pathname === '/version') {
		return json(200, {major: '1', minor: '36', gitVersion: CLUSTER_VERSION, platform: 'linux/amd64'});
	}

	const [, proxied, path = ''] = PROXY.exec(pathname) ?? [];
	if (proxied !== undefined) {
		return answerByProxy(cluster, proxied, `${path}${search}`, nowMs);
	}

	const [, metricsNamespace, measured] = METRICS.exec(pathname) ?? [];
	if (measured !== undefined) {
		return json(200, metricsList(cluster, measured, metricsNamespace, nowMs));
	}

	const [, namespace, resource, name] = COLLECTION.exec(pathname) ?? [];
	if (resource === 'nodes' || resource === 'pods') {
		const fieldSelector = searchParams.get('fieldSelector') ?? '';
		const selection: Selection = {
			resource,
			namespace,
			labelSelector: searchParams.get('labelSelector') ?? '',
			fieldSelector: name === undefined ? fieldSelector : `metadata.name=${name}`,
		};
		return name === undefined
			? answerCollection(cluster, selection, searchParams, nowMs)
			: answerObject(cluster, selection, name, nowMs);
	}

	return json(404, statusObject(404, 'NotFound', 'the server could not find the requested resource'));
}

function answerCollection(
	cluster: ClusterModel,
	selection: Selection,
	parameters: URLSearchParams,
	nowMs: number,
): DemoAnswer | {readonly watch: Watch} {
	if (['1', 'true'].includes(parameters.get('watch') ?? '')) {
		return {
			watch: watch(cluster, {
				selection,
				sinceMs: Number(parameters.get('resourceVersion') ?? 0),
				timeoutSeconds: Number(parameters.get('timeoutSeconds') ?? WATCH_SECONDS),
				hasBookmarks: parameters.has('allowWatchBookmarks'),
			}),
		};
	}

	const limit = Number(parameters.get('limit') ?? 0);
	const token = parameters.get('continue') ?? undefined;
	const page = list(cluster, selection, limit > 0 ? limit : undefined, token, nowMs);
	return page === undefined
		? json(400, statusObject(400, 'BadRequest', 'invalid continue token'))
		: json(200, page);
}

function answerObject(cluster: ClusterModel, selection: Selection, name: string, nowMs: number): DemoAnswer {
	const [entry] = entries(cluster, selection, Number.NEGATIVE_INFINITY);
	return entry === undefined
		? json(404, statusObject(404, 'NotFound', `${selection.resource} "${name}" not found`))
		: json(200, {
				kind: selection.resource === 'nodes' ? 'Node' : 'Pod',
				apiVersion: 'v1',
				...entry.toObject(nowMs),
			});
}

/** The API server asks with its own rights, which every kubelet grants. */
function answerByProxy(
	cluster: ClusterModel,
	name: string,
	path: string,
	nowMs: number,
): DemoAnswer | 'hang' {
	if (cluster.node(name) === undefined) {
		return json(404, statusObject(404, 'NotFound', `nodes "${name}" not found`));
	}

	const fault = cluster.faults.get(name);
	const isRefusing = fault === 'forbidden' || fault === 'resource-only';
	const trusted = isRefusing ? {...cluster, faults: new Map()} : cluster;
	return answer(trusted, 'GET', `/nodes/${name}${path}`, nowMs);
}

function metricsList(
	cluster: ClusterModel,
	resource: string,
	namespace: string | undefined,
	nowMs: number,
): Json {
	// What hangs could not be read by metrics-server either.
	const nodes = cluster.nodeNames.flatMap(name =>
		cluster.faults.get(name) === 'hung' ? [] : (cluster.node(name) ?? []),
	);
	const isNodes = resource === 'nodes';
	return {
		kind: isNodes ? 'NodeMetricsList' : 'PodMetricsList',
		apiVersion: 'metrics.k8s.io/v1beta1',
		metadata: {},
		items: isNodes
			? nodes.map(node => nodeMetrics(node, nowMs))
			: nodes.flatMap(({pods}) =>
					pods
						.filter(pod => namespace === undefined || pod.namespace === namespace)
						.map(pod => podMetrics(pod, nowMs)),
				),
	};
}

function json(status: number, body: Json): DemoAnswer {
	return {status, contentType: 'application/json', body: JSON.stringify(body), delayMs: 0};
}
