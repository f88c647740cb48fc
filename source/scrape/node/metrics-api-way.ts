import type {MetricsApi} from '../metrics-api/metrics-api.ts';
import type {Way} from './way.ts';

/** What metrics-server measured: CPU and memory alone, of every 15 s or so. */
export function metricsApiWay(node: string, metricsApi: MetricsApi): Way {
	return {
		name: 'metrics.k8s.io',
		read: (signal, endMs) => metricsApi.read(node, signal, endMs),
		close: async () => {},
	};
}
