import {KtopError} from '../../metrics/model/failure.ts';

/** There is nothing to connect to, though a cluster was asked for; `problem` is what is wrong with KUBECONFIG. */
export function noCluster(problem?: string | undefined): KtopError {
	return new KtopError({
		code: 'not-found',
		brief: 'no cluster',
		message: `no cluster to connect to: ${problem ?? 'no kubeconfig'}, and not inside a pod`,
		hint: 'set KUBECONFIG, or give --kubeconfig FILE or --source kubernetes:https://HOST:6443',
	});
}
