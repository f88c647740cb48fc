import type {Failure, FailureCode} from '../../metrics/model/failure.ts';
import type {RouteName} from './route.ts';

/** Codes of failures that mean an outage of the API server. */
const OUTAGE_CODES: ReadonlySet<FailureCode> = new Set([
	'connection-lost',
	'name-not-found',
	'refused',
	'server-error',
	'timeout',
	'unreachable',
]);

/** The same for requests through its proxy, where other codes may come from the node. */
const PROXY_OUTAGE_CODES: ReadonlySet<FailureCode> = new Set([
	'connection-lost',
	'name-not-found',
	'refused',
]);

/** Whether a failed list or watch means an outage of the API server. */
export function isOutage({code}: Failure): boolean {
	return OUTAGE_CODES.has(code);
}

/** The outage of the API server that the routes through it show, if any. */
export function outageOfRoutes(failed: ReadonlyMap<RouteName, Failure>): Failure | undefined {
	return [failed.get('proxy'), failed.get('metrics.k8s.io')].find(
		failure => failure !== undefined && PROXY_OUTAGE_CODES.has(failure.code),
	);
}

/**
 * Explains a failure of a kubelet during an outage of the API server. Kubelets check tokens and rights with the API
 * server (TokenReview, SubjectAccessReview) and cache the results for minutes. Other failures are returned unchanged.
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
				brief: 'API server down',
				message: `${kubelet.message}, while the API server is down: ${outage.message}`,
				hint: 'kubelets check tokens with the API server: they work again when it is back',
			};
}
