import {KtopError} from '../../metrics/model/failure.ts';
import type {ApiAccess} from './api-access.ts';

/** Lists are not served in pages; the metrics of 150,000 pods are some 75 MB. */
const MAX_BODY_BYTES = 256 * 2 ** 20;

/** As kubectl tries them. */
const VERSIONS = ['v1', 'v1beta1'] as const;

/**
 * One list of metrics.k8s.io, parsed. `path` comes after the version: `/nodes`; `subject` is what messages call it;
 * `endMs` is on `performance.now()`'s clock. Throws `KtopError`: `not-found` where the API is not installed.
 */
export type MetricsList = (path: string, subject: string, endMs: number) => Promise<unknown>;

/** Finds out which version is served, and keeps to it until it is no longer. */
export function createMetricsList(api: ApiAccess): MetricsList {
	let served: (typeof VERSIONS)[number] | undefined;
	return async (path, subject, endMs) => {
		for (const version of served === undefined ? VERSIONS : [served]) {
			const answer = await api.get(`/apis/metrics.k8s.io/${version}${path}`, {
				timeoutMs: Math.max(endMs - performance.now(), 1),
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
				message: 'metrics.k8s.io did not answer in JSON',
				hint: HINT,
			},
			{cause: error},
		);
	}
}

const HINT = 'look at the metrics-server: kubectl describe apiservice v1beta1.metrics.k8s.io';

/** The API server is well then: what is behind its aggregation layer is not. */
function unavailable({code, message}: KtopError): KtopError {
	return new KtopError({code, brief: '503 metrics.k8s.io', message, hint: HINT});
}

function notInstalled(origin: string): KtopError {
	return new KtopError({
		code: 'not-found',
		brief: 'no metrics.k8s.io',
		message: `${origin} has no metrics.k8s.io: no metrics-server is installed`,
		hint: 'none is needed where kubelets can be read; ktop doctor tells why they cannot',
	});
}
