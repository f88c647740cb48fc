import type {Answer} from '../../http/endpoint.ts';
import {type Failure, KtopError} from '../../metrics/model/failure.ts';
import {isJsonObject, type JsonObject} from '../../metrics/model/json.ts';
import {apiFailure} from '../connection/api/api-failure.ts';
import {integerAt, objectAt, textAt} from './json-field.ts';
import type {ListedResource} from './listed-resource.ts';

/** The request, for messages: `list pods in all namespaces`. */
export type Attempt = {
	readonly verb: 'list' | 'watch';
	readonly resource: ListedResource;
	/** `in all namespaces`, `in namespace shop`; empty for nodes. */
	readonly place: string;
};

/** The API server answered with an error. */
export class ApiError extends KtopError {
	readonly status: number;
	/** The Retry-After of a 429 or 503 in milliseconds, at most two minutes. */
	readonly retryAfterMs: number | undefined;
	/** From a 410 in the middle of a list: continues the list, with inconsistent resource versions. */
	readonly continueToken: string | undefined;

	constructor(failure: Failure, status: number, retryAfterMs?: number, continueToken?: string) {
		super(failure);
		this.status = status;
		this.retryAfterMs = retryAfterMs;
		this.continueToken = continueToken;
	}
}

const maxRetryAfterSeconds = 120;

/** For an answer other than 200. The body is a `Status`, or plain text from a proxy. */
export function apiErrorOfAnswer(
	answer: Pick<Answer, 'status' | 'headers' | 'body'>,
	attempt: Attempt,
): ApiError {
	return new ApiError(
		failureOf(answer, attempt),
		answer.status,
		retryAfterMs(Number(answer.headers['retry-after'])),
		textAt(objectAt(parseStatus(answer.body), 'metadata'), 'continue'),
	);
}

/** For the `Status` of a watch's ERROR event, which has HTTP 200. */
export function apiErrorOfStatus(status: JsonObject, attempt: Attempt): ApiError {
	const code = integerAt(status, 'code') ?? (isExpired(status) ? 410 : 500);
	// Not the whole Status, since one that is nested deeply cannot be written.
	const body = Buffer.from(JSON.stringify({kind: 'Status', message: textAt(status, 'message')}));
	const seconds = integerAt(objectAt(status, 'details'), 'retryAfterSeconds') ?? 0;
	return new ApiError(failureOf({status: code, body}, attempt), code, retryAfterMs(seconds));
}

function failureOf(answer: Pick<Answer, 'status' | 'body'>, {verb, resource, place}: Attempt): Failure {
	const subject = `${verb} ${resource}${place === '' ? '' : ` ${place}`}`;
	return apiFailure(answer, subject) ?? unexpectedSuccess(subject, answer.status);
}

function unexpectedSuccess(subject: string, status: number): Failure {
	return {
		code: 'bad-answer',
		brief: `${status} API server`,
		message: `${subject}: unexpected status ${status} from the API server`,
		hint: 'check that the address is that of a Kubernetes API server',
	};
}

function retryAfterMs(seconds: number): number | undefined {
	return seconds > 0 ? Math.min(seconds, maxRetryAfterSeconds) * 1000 : undefined;
}

function isExpired(status: JsonObject): boolean {
	return status.reason === 'Expired' || status.reason === 'Gone';
}

function parseStatus(body: Buffer): JsonObject {
	try {
		const parsed: unknown = JSON.parse(body.toString('utf8'));
		return isJsonObject(parsed) ? parsed : {};
	} catch {
		return {};
	}
}
