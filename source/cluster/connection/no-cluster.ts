import {KtopError} from '../../metrics/model/failure.ts';

/** The error if a cluster is required but none is configured. `problem` is the reason why KUBECONFIG is unusable. */
export function noCluster(problem?: string | undefined): KtopError {
	return new KtopError({
		code: 'not-found',
		brief: 'no cluster',
		message: `no cluster to connect to: ${problem ?? 'no kubeconfig'}, and not inside a pod`,
		hint: 'set KUBECONFIG, or pass --kubeconfig FILE or --source kubernetes:https://HOST:6443',
	});
}
