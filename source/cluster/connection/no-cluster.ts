import {KtopError} from '../../metrics/failure.ts';

/** There is nothing to connect to, though a cluster was asked for. */
export function noCluster(): KtopError {
	return new KtopError({
		code: 'not-found',
		brief: 'no cluster',
		message: 'no cluster to connect to: no kubeconfig, and not inside a pod',
		hint: 'set KUBECONFIG, or give --kubeconfig FILE or --source kubernetes:https://HOST:6443',
	});
}
