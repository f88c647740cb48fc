import {describe, expect, test} from 'vitest';
import {decodeNode} from '../../../source/cluster/inventory/node-decoder.ts';
import {summary} from '../../../source/demo/kubelet/summary.ts';
import type {NodeInfo} from '../../../source/metrics/model/inventory.ts';
import {askApi, demoCluster, listAll, NOW_MS, nodeWith} from './ask-api.ts';

const cluster = demoCluster();
const nodes = listAll(cluster, '/api/v1/nodes').map(decodeNode);

function nodeNamed(name: string): NodeInfo | undefined {
	return nodes.find(node => node?.name === name);
}

describe('the nodes of the simulated API server', () => {
	test('are all understood, each with a uid and an address of its own', () => {
		expect(nodes.map(node => node?.name)).toEqual(cluster.nodeNames);
		expect(new Set(nodes.map(node => node?.uid)).size).toBe(12);
		expect(new Set(nodes.map(node => node?.addresses[0]?.address)).size).toBe(12);
	});

	test('report their versions, port, address and zone', () => {
		expect(nodeNamed('worker-02')).toMatchObject({
			addresses: [
				{type: 'InternalIP', address: '10.64.0.2'},
				{type: 'Hostname', address: 'worker-02'},
			],
			kubeletPort: 10_250,
			versions: {
				kubelet: 'v1.36.2',
				containerRuntime: 'containerd://2.1.9',
				operatingSystem: 'linux',
				architecture: 'amd64',
			},
			labels: {'kubernetes.io/hostname': 'worker-02', 'topology.kubernetes.io/zone': 'zone-b'},
			isVirtual: false,
		});
	});

	test('have the memory and the disk that their kubelets report', () => {
		for (const name of cluster.nodeNames) {
			const node = cluster.node(name);
			const reported = node && JSON.parse(JSON.stringify(summary(node, NOW_MS, true))).node;
			const {availableBytes, workingSetBytes} = reported.memory;
			expect(nodeNamed(name)?.capacity).toMatchObject({
				memoryBytes: availableBytes + workingSetBytes,
				ephemeralStorageBytes: reported.fs.capacityBytes,
				pods: 110,
			});
		}
	});

	test('keep something back from what pods can have', () => {
		for (const node of nodes) {
			expect(node?.allocatable.cpuCores).toBeCloseTo((node?.capacity.cpuCores ?? 0) - 0.1);
			expect(node?.allocatable.memoryBytes).toBe((node?.capacity.memoryBytes ?? 0) - 512 * 2 ** 20);
		}
	});

	test('are one control plane, one cordoned, one lost, and the others ready', () => {
		const lost = nodeWith(cluster, 'hung');
		expect(nodes.filter(node => node?.roles.length !== 0).map(node => node?.name)).toEqual(['worker-01']);
		expect(nodes.filter(node => node?.isCordoned)).toHaveLength(1);
		expect(nodes.filter(node => node?.readiness !== 'Ready').map(node => node?.name)).toEqual([lost]);
		expect(nodeNamed(lost)).toMatchObject({
			readiness: 'Unknown',
			taints: [
				{key: 'node.kubernetes.io/unreachable', effect: 'NoSchedule'},
				{key: 'node.kubernetes.io/unreachable', effect: 'NoExecute'},
			],
		});
	});

	test('have no roles, no cordon and nothing wrong where there are only two', () => {
		const two = listAll(demoCluster(2, 0), '/api/v1/nodes').map(decodeNode);
		expect(two).toMatchObject([
			{roles: [], isCordoned: false, taints: [], problems: []},
			{roles: [], isCordoned: false, taints: [], problems: []},
		]);
	});

	test('can be asked for one by one', () => {
		const {status, body} = askApi(cluster, '/api/v1/nodes/worker-02');
		expect(status).toBe(200);
		expect(body.kind).toBe('Node');
		expect(decodeNode(body)).toEqual(nodeNamed('worker-02'));
	});
});
