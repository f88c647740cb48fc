import {describe, expect, test} from 'vitest';
import {amountOverall} from '../../../source/demo/model/container.ts';
import {nodeCpuSeconds, nodeMemoryAt} from '../../../source/demo/model/node.ts';
import {decodeNodeMetrics, decodePodMetrics} from '../../../source/scrape/metrics-api/decode-metrics.ts';
import {askApi, BORN_MS, demoCluster, nodeWith} from './ask-api.ts';

const cluster = demoCluster();
const END_MS = BORN_MS + 3_600_000;
/** Between two looks of metrics-server. */
const NOW_MS = END_MS + 14_000;

function metrics(path: string): unknown {
	const {status, body} = askApi(cluster, `/apis/metrics.k8s.io/v1beta1${path}`, NOW_MS);
	expect(status).toBe(200);
	return body;
}

describe('metrics.k8s.io of the simulated API server', () => {
	test('reports the usage of the last full 15 s for every node except the one that hangs', () => {
		const nodes = decodeNodeMetrics(metrics('/nodes'));
		const hung = nodeWith(cluster, 'hung');
		expect(nodes.map(({name}) => name)).toEqual(cluster.nodeNames.filter(name => name !== hung));
		for (const {name, timeMs, usage} of nodes) {
			const node = cluster.node(name);
			expect(timeMs).toBe(END_MS);
			if (node !== undefined) {
				const seconds = nodeCpuSeconds(node, END_MS) - nodeCpuSeconds(node, END_MS - 15_000);
				expect(usage.cpuCores).toBeCloseTo(seconds / 15, 8);
				expect(usage.memoryBytes).toBe(nodeMemoryAt(node, END_MS).workingSetBytes);
			}
		}
	});

	test('reports the containers of every pod, also for one namespace', () => {
		const pods = decodePodMetrics(metrics('/pods'));
		const [first] = cluster.node('worker-01')?.pods ?? [];
		const found = pods.find(({name, namespace}) => name === first?.name && namespace === first?.namespace);
		expect(found?.containers.map(({name}) => name)).toEqual(first?.containers.map(({name}) => name));
		const [container] = first?.containers ?? [];
		if (container !== undefined) {
			const at = (timeMs: number): number => amountOverall(container, container.cpu, timeMs);
			expect(found?.containers[0]?.usage.cpuCores).toBeCloseTo((at(END_MS) - at(END_MS - 15_000)) / 15, 8);
		}

		expect(decodePodMetrics(metrics('/namespaces/shop/pods'))).toEqual(
			pods.filter(({namespace}) => namespace === 'shop'),
		);
		expect(pods.length).toBeGreaterThan(200);
	});
});
