import {onTestFinished} from 'vitest';
import {RbacEvaluator} from '../doctor/rbac-evaluator.ts';
import {
	apiAttributes,
	identityOf,
	kubeletAttributes,
	refusalOfApi,
	refusalOfKubelet,
} from '../doctor/rbac-requests.ts';
import {tlsOf} from '../http/test-server.ts';
import {ALL_ROUTES} from '../scrape/kubelet/recorded-kubelet.ts';
import {type ClusterOptions, startRecordedCluster} from './recorded-cluster.ts';

export const USER = 'jane';

const TOKEN = 'token-of-jane';

/** The recorded cluster, whose API server and kubelet authorize as Kubernetes does. Its user may nothing at first. */
export async function startAuthorizedCluster({api}: Pick<ClusterOptions, 'api'> = {}) {
	const rbac = new RbacEvaluator();
	const used = new Set<string>();
	const who = identityOf(USER);
	const cluster = await startRecordedCluster({
		api,
		user: {token: TOKEN},
		tokens: () => [TOKEN],
		kubeletTls: tlsOf('server-hostname'),
		kubelet: {...ALL_ROUTES, '/metrics/cadvisor': 'metrics-cadvisor-1.prom'},
		authorize: {
			api(request) {
				const asked = apiAttributes(who, request);
				if ('resource' in asked) {
					used.add(`${asked.verb} ${asked.resource}`);
				}

				return refusalOfApi(rbac, asked);
			},
			kubelet(request) {
				const asked = kubeletAttributes(who, 'node-a', request.url ?? '');
				if ('resource' in asked) {
					used.add(`${asked.verb} ${asked.resource}`);
				}

				return refusalOfKubelet(rbac, asked);
			},
		},
	});
	onTestFinished(cluster.close);
	return {rbac, kubeconfig: cluster.kubeconfig, used: used as ReadonlySet<string>};
}
