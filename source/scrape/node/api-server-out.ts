import type {Failure, FailureCode} from '../../metrics/model/failure.ts';
import type {WayName} from './way.ts';

/** Codes of requests that the API server did not answer, or could not. */
const OUT: ReadonlySet<FailureCode> = new Set([
	'connection-lost',
	'name-not-found',
	'refused',
	'server-error',
	'timeout',
	'unreachable',
]);

/** Codes that mean this of a request to the proxy too, where a node may be what does not answer. */
const OUT_FOR_PROXY: ReadonlySet<FailureCode> = new Set(['connection-lost', 'name-not-found', 'refused']);

/** Whether a failure to list or watch means that the API server is out, rather than that it refuses. */
export function isOut({code}: Failure): boolean {
	return OUT.has(code);
}

/** What the API server's own ways show of its being out. */
export function outByWays(failed: ReadonlyMap<WayName, Failure>): Failure | undefined {
	return [failed.get('proxy'), failed.get('metrics.k8s.io')].find(
		failure => failure !== undefined && OUT_FOR_PROXY.has(failure.code),
	);
}

/**
 * Why a kubelet refuses or hangs while the API server is out: it asks that server whose token it was given and what
 * that user may (TokenReview, SubjectAccessReview), and remembers the answers for minutes. Other failures are its own.
 */
export function explainByOutage(kubelet: Failure, outage: Failure | undefined): Failure {
	const isOfReview =
		kubelet.code === 'unauthorized' ||
		kubelet.code === 'timeout' ||
		(kubelet.code === 'server-error' && /authori[sz]ation error/i.test(kubelet.message));
	return outage === undefined || !isOfReview
		? kubelet
		: {
				code: kubelet.code,
				brief: 'API server out',
				message: `${kubelet.message}, while the API server is out: ${outage.message}`,
				hint: 'kubelets ask the API server whom a token belongs to: they answer again when it does',
			};
}
