import {describe, expect, test} from 'vitest';
import {decodeNode} from '../../../source/cluster/inventory/node-decoder.ts';
import {fixtureList} from './fixtures.ts';

const recorded = () => decodeNode(fixtureList('nodes.json').items[0]);

function made(parts: {readonly labels?: object; readonly spec?: object; readonly status?: object}) {
	const {labels = {}, spec = {}, status = {}} = parts;
	return decodeNode({metadata: {name: 'n', uid: 'u', labels}, spec, status});
}

describe('decodeNode', () => {
	test('keeps what a recorded node says of itself', () => {
		expect(recorded()).toEqual({
			uid: '97df3b5f-a8c1-4d54-a40d-1bd4c7a9ec27',
			name: 'node-a',
			roles: [],
			readiness: 'Ready',
			problems: [],
			taints: [],
			isCordoned: false,
			addresses: [
				{type: 'InternalIP', address: '10.240.0.10'},
				{type: 'Hostname', address: 'node-a'},
			],
			kubeletPort: 10250,
			versions: {
				kubelet: 'v1.36.2',
				containerRuntime: 'containerd://2.1.9+unknown',
				kernel: '6.18.44-fc-v657',
				osImage: 'Debian GNU/Linux 12 (bookworm)',
				operatingSystem: 'linux',
				architecture: 'amd64',
			},
			capacity: {
				cpuCores: 2,
				memoryBytes: 25_276_510_208,
				ephemeralStorageBytes: 270_553_174_016,
				pods: 60,
				extended: {'hugepages-1Gi': 0, 'hugepages-2Mi': 0},
			},
			allocatable: {
				cpuCores: 1.8,
				memoryBytes: 24_634_781_696,
				ephemeralStorageBytes: 265_142_110_657,
				pods: 60,
				extended: {'hugepages-1Gi': 0, 'hugepages-2Mi': 0},
			},
			labels: {
				'beta.kubernetes.io/arch': 'amd64',
				'beta.kubernetes.io/os': 'linux',
				'kubernetes.io/arch': 'amd64',
				'kubernetes.io/hostname': 'node-a',
				'kubernetes.io/os': 'linux',
				'node.kubernetes.io/instance-type': 'rig.small',
				'topology.kubernetes.io/zone': 'rig-1',
			},
			createdAtMs: Date.UTC(2026, 10, 23, 9, 20, 49),
			isVirtual: false,
			metricsPath: undefined,
		});
	});

	test('is of unknown readiness, and says why, once the kubelet stopped posting', () => {
		const node = decodeNode(fixtureList('nodes-not-ready-unknown.json').items[0]);
		expect(node?.readiness).toBe('Unknown');
		expect(node?.problems.map(({type, status, sinceMs}) => [type, status, sinceMs])).toEqual([
			['MemoryPressure', 'Unknown', 1_795_426_810_000],
			['DiskPressure', 'Unknown', 1_795_426_810_000],
			['PIDPressure', 'Unknown', 1_795_426_810_000],
			['Ready', 'Unknown', 1_795_426_886_000],
		]);
		expect(node?.problems[3]).toMatchObject({
			reason: 'NodeStatusUnknown',
			message: 'Kubelet stopped posting node status.',
		});
		expect(node?.taints).toEqual([
			{key: 'node.kubernetes.io/unreachable', value: undefined, effect: 'NoSchedule'},
			{key: 'node.kubernetes.io/unreachable', value: undefined, effect: 'NoExecute'},
		]);
	});

	test.each([
		['True', 'Ready'],
		['False', 'NotReady'],
		['Unknown', 'Unknown'],
	])('maps a Ready condition of %s to %s', (status, readiness) => {
		expect(made({status: {conditions: [{type: 'Ready', status}]}})?.readiness).toBe(readiness);
	});

	test('is of unknown readiness before the first heartbeat', () => {
		expect(made({})?.readiness).toBe('Unknown');
	});

	test('names conditions that are bad when true, and no others', () => {
		const conditions = ['DiskPressure', 'KernelDeadlock', 'NetworkUnavailable', 'EtcdIsVoter'].map(type => ({
			type,
			status: 'True',
		}));
		const node = made({status: {conditions: [...conditions, {type: 'PIDPressure', status: 'False'}]}});
		expect(node?.problems.map(({type}) => type)).toEqual([
			'DiskPressure',
			'KernelDeadlock',
			'NetworkUnavailable',
		]);
	});

	test('reads roles from both kinds of label', () => {
		const labels = {
			'node-role.kubernetes.io/worker': '',
			'node-role.kubernetes.io/control-plane': '',
			'kubernetes.io/role': 'gpu',
			'node-role.kubernetes.io/': 'x',
		};
		expect(made({labels})?.roles).toEqual(['control-plane', 'gpu', 'worker']);
	});

	test('says that a node is cordoned', () => {
		expect(made({spec: {unschedulable: true}})?.isCordoned).toBe(true);
	});

	test.each([
		['virtual-kubelet by label', {labels: {type: 'virtual-kubelet'}}],
		[
			'virtual-kubelet by taint',
			{spec: {taints: [{key: 'virtual-kubelet.io/provider', effect: 'NoSchedule'}]}},
		],
		['Fargate by label', {labels: {'eks.amazonaws.com/compute-type': 'fargate'}}],
	])('recognises a node without a kubelet (failure 7): %s', (_name, parts) => {
		expect(made(parts)?.isVirtual).toBe(true);
	});

	test('keeps extended resources by name and drops amounts that cannot be true', () => {
		const node = made({
			status: {capacity: {cpu: '-1', memory: '8Ei', pods: 'many', 'nvidia.com/gpu': '4', x: ''}},
		});
		expect(node?.capacity).toEqual({
			cpuCores: undefined,
			memoryBytes: undefined,
			ephemeralStorageBytes: undefined,
			pods: undefined,
			extended: {'nvidia.com/gpu': 4},
		});
	});

	test.each([0, -1, 65_536, '10250', null])('does not know a kubelet port of %j', Port => {
		expect(made({status: {daemonEndpoints: {kubeletEndpoint: {Port}}}})?.kubeletPort).toBeUndefined();
	});

	test.each([undefined, null, 'node', [], {}, {metadata: {name: 'n'}}, {metadata: {uid: 'u'}}])(
		'makes nothing of %j',
		value => {
			expect(decodeNode(value)).toBeUndefined();
		},
	);

	test('survives nulls where objects and lists belong (failure 10)', () => {
		const node = decodeNode({
			metadata: {name: 'n', uid: 'u', labels: null, annotations: null, creationTimestamp: null},
			spec: null,
			status: {conditions: null, addresses: null, capacity: null, daemonEndpoints: null, nodeInfo: null},
		});
		expect(node).toMatchObject({name: 'n', createdAtMs: undefined, addresses: [], readiness: 'Unknown'});
	});
});
