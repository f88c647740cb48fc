import {type Failure, KtopError} from '../../metrics/failure.ts';
import {integerAt, isObject, type JsonObject, objectAt, textAt} from './json-field.ts';

/** What was being done, for messages: `list pods in all namespaces`. */
export type Attempt = {
	readonly verb: 'list' | 'watch';
	readonly resource: 'nodes' | 'pods';
	/** `in all namespaces`, `in namespace shop`; empty for nodes. */
	readonly place: string;
};

/** The API server answered, and not with what was asked for. */
export class ApiError extends KtopError {
	readonly status: number;
	/** When the server said how long to wait (429, 503), at most two minutes. */
	readonly retryAfterMs: number | undefined;
	/** From a 410 in the middle of a list: goes on with the list as it is now, not as it was. */
	readonly continueToken: string | undefined;

	constructor(failure: Failure, status: number, retryAfterMs?: number, continueToken?: string) {
		super(failure);
		this.status = status;
		this.retryAfterMs = retryAfterMs;
		this.continueToken = continueToken;
	}
}

const maxRetryAfterSeconds = 120;
const maxMessageLength = 300;

/** From an answer's status and body: a `Status` object mostly, plain text from what stands in front of the server. */
export function apiErrorOfAnswer(
	answer: {
		readonly status: number;
		readonly headers: Readonly<Record<string, string | undefined>>;
		readonly body: string;
	},
	attempt: Attempt,
): ApiError {
	const seconds = Number(answer.headers['retry-after']);
	const retryAfterMs = seconds > 0 ? Math.min(seconds, maxRetryAfterSeconds) * 1000 : undefined;
	const status = parseStatus(answer.body);
	return new ApiError(
		statusFailure(answer.status, textAt(status, 'message') ?? '', attempt),
		answer.status,
		retryAfterMs,
		textAt(objectAt(status, 'metadata'), 'continue'),
	);
}

/** From the `Status` of a watch's ERROR event, which comes with HTTP 200. */
export function apiErrorOfStatus(status: JsonObject, attempt: Attempt): ApiError {
	const code = integerAt(status, 'code') ?? (isExpired(status) ? 410 : 500);
	const seconds = integerAt(objectAt(status, 'details'), 'retryAfterSeconds') ?? 0;
	const retryAfterMs = seconds > 0 ? Math.min(seconds, maxRetryAfterSeconds) * 1000 : undefined;
	return new ApiError(statusFailure(code, textAt(status, 'message') ?? '', attempt), code, retryAfterMs);
}

function isExpired(status: JsonObject): boolean {
	return status.reason === 'Expired' || status.reason === 'Gone';
}

function parseStatus(body: string): JsonObject {
	try {
		const parsed: unknown = JSON.parse(body);
		return isObject(parsed) ? parsed : {};
	} catch {
		return {};
	}
}

function statusFailure(status: number, detail: string, {verb, resource, place}: Attempt): Failure {
	const what = `${verb} ${resource}${place === '' ? '' : ` ${place}`}`;
	const said = detail.replace(/\s+/g, ' ').slice(0, maxMessageLength);
	const message = `${what}: the API server answered ${status}${said === '' ? '' : ` (${said})`}`;
	switch (status) {
		case 401:
			return {
				code: 'unauthorized',
				brief: '401 unauthorized',
				message,
				hint: 'The credentials are missing, wrong or expired: check the token or certificate of the kubeconfig user',
			};
		case 403:
			return {
				code: 'forbidden',
				brief: `403 needs ${verb} ${resource}`,
				message,
				hint:
					resource === 'pods'
						? 'Grant list and watch on pods (ktop rbac prints the manifest), or name a namespace with -n'
						: 'Grant list and watch on nodes in a ClusterRole (ktop rbac prints the manifest)',
			};
		case 404:
			return {
				code: 'not-found',
				brief: '404 no such API',
				message,
				hint: 'Check that the server address is that of a Kubernetes API server, with no path missing',
			};
		case 410:
			return {
				code: 'server-error',
				brief: '410 expired',
				message,
				hint: 'None needed: the list is read again',
			};
		case 429:
			return {
				code: 'throttled',
				brief: '429 throttled',
				message,
				hint: 'The API server is busy and says when to come again; nothing to do but wait',
			};
		default:
			return status >= 500
				? {
						code: 'server-error',
						brief: `${status} API server`,
						message,
						hint: 'The API server or something in front of it is failing; it is asked again by itself',
					}
				: {
						code: 'bad-answer',
						brief: `${status} API server`,
						message,
						hint: 'Check that the server address is that of a Kubernetes API server',
					};
	}
}
