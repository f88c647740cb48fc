import type {ClusterModel} from '../model/cluster.ts';
import {cadvisorMetrics} from './cadvisor-metrics.ts';
import {resourceMetrics} from './resource-metrics.ts';
import {summary} from './summary.ts';

export type DemoAnswer = {
	readonly status: number;
	readonly contentType: string;
	readonly body: string;
	readonly delayMs: number;
};

const TEXT = 'text/plain; charset=utf-8';
const METRICS = 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores';
const SLOW_MS = 1000;

/** `/nodes/worker-01/stats/summary?…`: node, path and query. */
const PATH = /^\/nodes\/([^/?]+)(\/[^?]*)(?:\?(.*))?$/;

/** The response of a node's kubelet. `hang`: it accepts the request and never responds. */
export function answer(
	cluster: ClusterModel,
	method: string,
	url: string,
	nowMs: number,
): DemoAnswer | 'hang' {
	const [, name = '', path = '', query = ''] = PATH.exec(url) ?? [];
	const node = cluster.node(name);
	const fault = cluster.faults.get(name);
	const delayMs = fault === 'slow' ? SLOW_MS : 0;
	const plain = (status: number, body: string): DemoAnswer => ({status, contentType: TEXT, body, delayMs});
	if (node === undefined) {
		return plain(404, '404 page not found\n');
	}

	if (fault === 'hung') {
		return 'hang';
	}

	if (method !== 'GET') {
		return plain(405, '405: Method Not Allowed');
	}

	const isForbidden = fault === 'forbidden';
	switch (path) {
		case '/stats/summary': {
			if (isForbidden || fault === 'resource-only') {
				return plain(403, forbidden('stats'));
			}

			const isFull = new URLSearchParams(query).get('only_cpu_and_memory') !== 'true';
			const body = JSON.stringify(summary(node, nowMs, isFull), null, 1);
			return {status: 200, contentType: 'application/json', body, delayMs};
		}

		case '/metrics/resource':
		case '/metrics/cadvisor': {
			const metrics = path === '/metrics/resource' ? resourceMetrics : cadvisorMetrics;
			return isForbidden
				? plain(403, forbidden('metrics'))
				: {status: 200, contentType: METRICS, body: metrics(node, nowMs), delayMs};
		}

		case '/healthz':
			return plain(200, 'ok');
		default:
			return plain(404, '404: Page Not Found');
	}
}

function forbidden(subresource: 'stats' | 'metrics'): string {
	return `Forbidden (user=system:serviceaccount:demo:ktop, verb=get, resource=nodes, subresource(s)=[${subresource}])`;
}
