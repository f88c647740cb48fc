import type {Answer, GetOptions} from '../../http/endpoint.ts';
import {KtopError} from '../../metrics/model/failure.ts';
import {answerFailure} from '../kubelet/answer-failure.ts';
import {kubeletReader} from '../kubelet/kubelet-reader.ts';
import type {ApiAccess} from '../metrics-api/api-access.ts';
import type {Gate} from './gate.ts';
import type {Way} from './way.ts';

export type ProxyWayOptions = {
	readonly name: string;
	readonly resourcePath: string | undefined;
	readonly api: ApiAccess;
	/** Bounds the requests of all nodes together. */
	readonly gate: Gate;
	readonly now: () => number;
};

/** The kubelet behind `/api/v1/nodes/{name}/proxy`, which needs `get` on nodes/proxy. */
export function proxyWay({name, resourcePath, api, gate, now}: ProxyWayOptions): Way {
	const prefix = `/api/v1/nodes/${encodeURIComponent(name)}/proxy`;
	const address = `${name} behind ${api.origin}`;
	const reader = kubeletReader({
		address,
		get: (path, request) => getInTurn(name, gate, request, left => api.get(`${prefix}${path}`, left)),
		failureOf: (path, answer) => {
			const failure = isOfApiServer(answer) ? api.failureOf(answer, `read node ${name} by proxy`) : undefined;
			return failure === undefined
				? {failure: answerFailure(address, path, answer), isFinal: false}
				: {failure, isFinal: true};
		},
		routePrefix: 'proxy ',
		resourcePath,
		now,
	});
	return {name: 'proxy', read: reader.read, close: async () => {}};
}

/** Sends the request when its turn has come, with what is then left of its time. */
async function getInTurn(
	name: string,
	gate: Gate,
	request: GetOptions,
	get: (request: GetOptions) => Promise<Answer>,
): Promise<Answer> {
	const endMs = performance.now() + request.timeoutMs;
	const timeout = AbortSignal.timeout(Math.ceil(request.timeoutMs));
	const signal = request.signal === undefined ? timeout : AbortSignal.any([timeout, request.signal]);
	try {
		return await gate.pass(signal, () =>
			get({...request, timeoutMs: Math.max(endMs - performance.now(), 1)}),
		);
	} catch (error) {
		if (error instanceof KtopError || !signal.aborted) {
			throw error;
		}

		throw request.signal?.aborted === true ? stopped(name) : waitedTooLong(name);
	}
}

/** The API server explains itself by a Status in JSON, and turns requests down where it is busy; a kubelet does neither. */
function isOfApiServer({status, headers, body}: Answer): boolean {
	return (
		status === 429 ||
		(headers['content-type']?.startsWith('application/json') === true &&
			/"kind":\s*"Status"/.test(body.toString('utf8')))
	);
}

function waitedTooLong(name: string): KtopError {
	return new KtopError({
		code: 'timeout',
		brief: 'proxy is busy',
		message: `node ${name} waited its whole time for its turn at the API server’s proxy`,
		hint: 'make kubelets reachable directly, or poll more rarely with --interval',
	});
}

function stopped(name: string): KtopError {
	return new KtopError({
		code: 'aborted',
		brief: 'stopped',
		message: `reading node ${name} by proxy was stopped before its turn`,
		hint: 'ktop is shutting down or reads the node anew',
	});
}
