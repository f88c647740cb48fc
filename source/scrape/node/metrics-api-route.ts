import type {MetricsApi} from '../metrics-api/metrics-api.ts';
import type {NodeRoute} from './route.ts';

/** The route to metrics.k8s.io: only CPU and memory, updated about every 15 s. */
export function metricsApiRoute(node: string, metricsApi: MetricsApi): NodeRoute {
	return {
		name: 'metrics.k8s.io',
		read: context => metricsApi.read(node, context),
		close: async () => {},
	};
}
