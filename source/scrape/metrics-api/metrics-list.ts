import {KtopError} from '../../metrics/model/failure.ts';
import {remainingMs} from '../remaining-ms.ts';
import type {ApiAccess} from './api-access.ts';

/** These lists have no pages; the metrics of 150,000 pods are about 75 MB. */
const MAX_BODY_BYTES = 256 * 2 ** 20;

/** In the order of kubectl. */
const VERSIONS = ['v1', 'v1beta1'] as const;

/**
 * Requests and parses one list of metrics.k8s.io. `path` follows the version (`/nodes`); `subject` is for messages;
 * `deadlineMs` is the deadline on `performance.now()`'s clock. Throws `KtopError`; `not-found` if the API is not installed.
 */
export type MetricsList = (path: string, subject: string, deadlineMs: number) => Promise<unknown>;

/** Detects the served version and uses it until it returns 404. */
export function createMetricsList(api: ApiAccess): MetricsList {
	let served: (typeof VERSIONS)[number] | undefined;
	return async (path, subject, deadlineMs) => {
		for (const version of served === undefined ? VERSIONS : [served]) {
			const answer = await api.get(`/apis/metrics.k8s.io/${version}${path}`, {
				timeoutMs: remainingMs(deadlineMs),
				maxBytes: MAX_BODY_BYTES,
				accept: 'application/json',
			});
			if (answer.status === 404) {
				continue;
			}

			const failure = api.failureOf(answer, subject);
			if (failure !== undefined) {
				throw answer.status === 503 ? unavailable(failure) : failure;
			}

			served = version;
			return parse(answer.body);
		}

		served = undefined;
		throw notInstalled(api.origin);
	};
}

function parse(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8'));
	} catch (error) {
		throw new KtopError(
			{
				code: 'bad-answer',
				brief: 'no JSON',
				message: 'the answer of metrics.k8s.io is not JSON',
				hint: HINT,
			},
			{cause: error},
		);
	}
}

const HINT = 'check metrics-server: kubectl describe apiservice v1beta1.metrics.k8s.io';

/** A 503 of the aggregation layer: the API server is up and metrics-server is not. */
function unavailable({code, message}: KtopError): KtopError {
	return new KtopError({code, brief: '503 metrics.k8s.io', message, hint: HINT});
}

function notInstalled(origin: string): KtopError {
	return new KtopError({
		code: 'not-found',
		brief: 'no metrics.k8s.io',
		message: `${origin} has no metrics.k8s.io: metrics-server is not installed`,
		hint: 'it is only needed if kubelets cannot be read; ktop doctor shows why they cannot',
	});
}
