import type {Answer} from '../../http/endpoint.ts';
import {KtopError} from '../../metrics/failure.ts';
import {answerFailure} from '../kubelet/answer-failure.ts';
import {kubeletReader} from '../kubelet/kubelet-reader.ts';
import type {ApiAccess, ReachableNode} from './cluster-routes.ts';
import type {Gate} from './gate.ts';
import type {Way} from './way.ts';

export type ProxyWayOptions = {
	readonly node: Pick<ReachableNode, 'name' | 'metricsPath'>;
	readonly api: ApiAccess;
	/** Bounds the requests of all nodes together. */
	readonly gate: Gate;
	readonly now: () => number;
};

/** The kubelet behind `/api/v1/nodes/{name}/proxy`, which needs `get` on nodes/proxy. */
export function proxyWay({node, api, gate, now}: ProxyWayOptions): Way {
	const prefix = `/api/v1/nodes/${encodeURIComponent(node.name)}/proxy`;
	const address = `${node.name} behind ${api.origin}`;
	const reader = kubeletReader({
		address,
		get: async (path, request) => {
			const signal = AbortSignal.any([
				AbortSignal.timeout(Math.ceil(request.timeoutMs)),
				...(request.signal === undefined ? [] : [request.signal]),
			]);
			const endMs = performance.now() + request.timeoutMs;
			try {
				return await gate.pass(signal, () =>
					api.get(`${prefix}${path}`, {...request, timeoutMs: Math.max(endMs - performance.now(), 1)}),
				);
			} catch (error) {
				throw error instanceof KtopError ? error : waitedTooLong(node.name);
			}
		},
		failureOf: (path, answer) => {
			const failure = isStatus(answer) ? api.failureOf(answer, `read node ${node.name} by proxy`) : undefined;
			return failure === undefined
				? {failure: answerFailure(address, path, answer), isFinal: false}
				: {failure, isFinal: true};
		},
		routePrefix: 'proxy ',
		resourcePath: node.metricsPath,
		now,
	});
	return {name: 'proxy', read: reader.read, close: async () => {}};
}

/** The API server explains itself in JSON, a kubelet in plain text. */
function isStatus({headers, body}: Answer): boolean {
	return headers['content-type']?.startsWith('application/json') === true && body.includes('"kind":"Status"');
}

function waitedTooLong(name: string): KtopError {
	return new KtopError({
		code: 'timeout',
		brief: 'proxy is busy',
		message: `node ${name} waited its whole time for its turn at the API server’s proxy`,
		hint: 'make kubelets reachable directly, or poll more rarely with --interval',
	});
}
