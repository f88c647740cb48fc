import type {Answer, GetOptions} from '../../http/endpoint.ts';
import {pathSegment} from '../../http/path-segment.ts';
import {KtopError} from '../../metrics/model/failure.ts';
import {kubeletAnswerFailure} from '../kubelet/answer-failure.ts';
import {kubeletReader} from '../kubelet/kubelet-reader.ts';
import type {ApiAccess} from '../metrics-api/api-access.ts';
import type {Gate} from './gate.ts';
import type {NodeRoute} from './route.ts';

export type ProxyRouteOptions = {
	readonly name: string;
	readonly resourcePath: string | undefined;
	readonly api: ApiAccess;
	/** Limits concurrent requests of all nodes. */
	readonly gate: Gate;
	readonly now: () => number;
};

/** The route through `/api/v1/nodes/{name}/proxy` of the API server, which needs `get` on nodes/proxy. */
export function proxyRoute({name, resourcePath, api, gate, now}: ProxyRouteOptions): NodeRoute {
	const prefix = `/api/v1/nodes/${pathSegment(name)}/proxy`;
	const address = `${name} behind ${api.origin}`;
	const reader = kubeletReader({
		address,
		get: (path, request) => getInTurn(name, gate, request, left => api.get(`${prefix}${path}`, left)),
		failureOf: (path, answer) => {
			const failure = isOfApiServer(answer)
				? api.failureOf(answer, `read node ${name} through the proxy`)
				: undefined;
			return failure === undefined
				? {failure: kubeletAnswerFailure(address, path, answer), isFinal: false}
				: {failure, isFinal: true};
		},
		via: 'proxy',
		resourcePath,
		now,
	});
	return {name: 'proxy', read: reader.read, close: async () => {}};
}

/** Waits at the gate, then sends the request with the remaining time. */
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
		if (error instanceof KtopError) {
			throw error.message.includes('did not answer') ? stalled(name, error) : error;
		}

		if (!signal.aborted) {
			throw error;
		}

		throw request.signal?.aborted === true ? stopped(name) : waitedTooLong(name);
	}
}

/** Whether the answer is from the API server, which sends a Status in JSON or a 429; kubelets send neither. */
function isOfApiServer({status, headers, body}: Answer): boolean {
	return (
		status === 429 ||
		(headers['content-type']?.startsWith('application/json') === true &&
			/"kind":\s*"Status"/.test(body.toString('utf8')))
	);
}

/** The API server waits for the kubelet without a bound of its own, so that its silence is mostly the node's. */
function stalled(name: string, {code, brief, message}: KtopError): KtopError {
	return new KtopError({
		code,
		brief,
		message: `${message} for its proxy to node ${name}`,
		hint: 'the kubelet hangs or the API server does not reach it (konnectivity), unless lists take as long; --request-timeout raises the deadline',
	});
}

function waitedTooLong(name: string): KtopError {
	return new KtopError({
		code: 'timeout',
		brief: 'proxy is busy',
		message: `the request to node ${name} timed out in the queue for the API server’s proxy`,
		hint: 'make kubelets directly reachable, or use a longer --interval',
	});
}

function stopped(name: string): KtopError {
	return new KtopError({
		code: 'aborted',
		brief: 'stopped',
		message: `scraping node ${name} through the proxy was stopped`,
		hint: 'ktop is shutting down or restarts the scrape',
	});
}
