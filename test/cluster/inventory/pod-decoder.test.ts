import {describe, expect, test} from 'vitest';
import {decodePod} from '../../../source/cluster/inventory/pod-decoder.ts';
import type {PodInfo} from '../../../source/metrics/model/inventory.ts';
import {fixtureList, recordedPods} from './fixtures.ts';

const mebi = 2 ** 20;

function decoded(items: readonly unknown[]): ReadonlyMap<string, PodInfo> {
	return new Map(
		items.map(item => {
			const pod = decodePod(item);
			if (!pod) {
				throw new Error('a fixture that is no pod');
			}
			return [`${pod.namespace}/${pod.name}`, pod];
		}),
	);
}

const recorded = decoded(recordedPods());
const made = decoded(fixtureList('pods-with-resources.json').items);

function podOf(parts: {readonly metadata?: object; readonly spec?: object; readonly status?: object}) {
	const {metadata = {}, spec = {}, status = {}} = parts;
	return decodePod({metadata: {name: 'p', namespace: 'n', uid: 'u', ...metadata}, spec, status});
}

describe('decodePod', () => {
	/** STATUS and RESTARTS as the server printed them for the same list (`Accept: …;as=Table`). */
	test.each([
		['batch/archiver', 'Running', 0],
		['batch/bad-import-bkkqj', 'Error', 0],
		['batch/hog', 'Error', 0],
		['batch/nightly-import-qrzdj', 'Completed', 0],
		['kube-system/static-web-node-a', 'Running', 0],
		['ops/no-image', 'ImagePullBackOff', 0],
		['ops/too-big', 'Pending', 0],
		['payments/crasher-7b6ccd5cf4-mrxxt', 'Error', 12],
		['payments/ledger-554fbdbfc9-7smm9', 'Running', 0],
		['payments/report-gen-5f6567d67d-zfs65', 'OOMKilled', 12],
		['shop/cart-dbbb79444-9pjpc', 'Running', 0],
	])('calls %s what kubectl calls it', (name, reason, restarts) => {
		expect(recorded.get(name)).toMatchObject({reason, restarts});
	});

	/** Worked out with k8s.io/component-helpers v0.36.2 from the same list. */
	test.each([
		['batch/archiver', 0.005, 8, undefined, undefined],
		['batch/queue-0', 0.02, 16, 0.1, 64],
		['kube-system/dns-stub-869f67569d-n2bmv', 0.05, 20, undefined, 170],
		['ops/too-big', 64, 1024, undefined, undefined],
		['ops/toolbox', undefined, undefined, undefined, undefined],
		['payments/ledger-554fbdbfc9-7smm9', 0.08, 64, 0.08, 64],
		['shop/cart-dbbb79444-9pjpc', 0.03, 24, 0.35, 96],
		['shop/web-555ccccb85-87qj6', 0.03, 24, 0.2, 96],
	])('sums the requests and limits of %s', (name, cpu, memoryMebi, cpuLimit, memoryLimitMebi) => {
		const bytes = (count: number | undefined) => (count === undefined ? undefined : count * mebi);
		expect(recorded.get(name)?.requests).toEqual({cpuCores: cpu, memoryBytes: bytes(memoryMebi)});
		expect(recorded.get(name)?.limits).toEqual({cpuCores: cpuLimit, memoryBytes: bytes(memoryLimitMebi)});
	});

	/** Worked out with k8s.io/component-helpers v0.36.2. */
	test.each([
		['two-apps', 0.3, 100_663_296, 0.5, 134_217_728],
		['big-init', 2, 67_108_864, 3, 134_217_728],
		['sidecar-then-init', 1.3, 157_286_400, undefined, undefined],
		['init-then-sidecar', 1, 157_286_400, 0.55, 272_629_760],
		['two-sidecars-between-inits', 0.8, 555_745_280, undefined, undefined],
		['overhead', 0.75, 230_686_720, 1.25, 192_937_984],
		['pod-level', 2, 1_073_741_824, 4, 2_147_483_648],
		['pod-level-cpu-only', 2.1, 77_594_624, 3.1, 144_703_488],
		['pod-level-storage-only', 0.1, 67_108_864, undefined, undefined],
		['resize-up-in-progress', 0.8, 134_217_728, 1, 268_435_456],
		['resize-down-in-progress', 0.5, 67_108_864, 0.6, 134_217_728],
		['resize-infeasible', 0.51, 75_497_472, 0.6, 134_217_728],
		['resize-deferred', 3, 67_108_864, 4, 134_217_728],
		['read-back-from-cgroup', 0.005, 8_388_608, undefined, undefined],
		['none', undefined, undefined, undefined, undefined],
		['tenths', 0.3, undefined, undefined, undefined],
	])('counts what the scheduler counts: %s', (name, cpu, memory, cpuLimit, memoryLimit) => {
		expect(made.get(`r/${name}`)?.requests).toEqual({cpuCores: cpu, memoryBytes: memory});
		expect(made.get(`r/${name}`)?.limits).toEqual({cpuCores: cpuLimit, memoryBytes: memoryLimit});
	});

	test('counts overhead once where a pod-level status has it in already', () => {
		// 1600m in force, of which 100m is overhead: 1500m of the pod's own, and 100m again.
		expect(made.get('r/pod-level-resize')?.requests).toEqual({cpuCores: 1.6, memoryBytes: 272 * mebi});
		expect(made.get('r/pod-level-resize')?.limits).toEqual({cpuCores: 2.6, memoryBytes: 528 * mebi});
	});

	test.each([
		['resize-up-in-progress', 'in-progress'],
		['resize-infeasible', 'infeasible'],
		['resize-deferred', 'deferred'],
		['two-apps', undefined],
	])('says how the resize of %s stands', (name, resize) => {
		expect(made.get(`r/${name}`)?.resize).toBe(resize);
	});

	test('shows the limit in force for a container while a resize is under way', () => {
		expect(made.get('r/resize-up-in-progress')?.containers[0]).toMatchObject({
			requests: {cpuCores: 0.8, memoryBytes: 128 * mebi},
			limits: {cpuCores: 0.6, memoryBytes: 128 * mebi},
		});
	});

	test.each([
		['two-apps', {cpu: true, memory: false}],
		['big-init', {cpu: true, memory: true}],
		['sidecar-then-init', {cpu: false, memory: false}],
		['pod-level', {cpu: true, memory: true}],
		['pod-level-cpu-only', {cpu: true, memory: true}],
		['read-back-from-cgroup', {cpu: false, memory: false}],
	])('knows whether the limits of %s bound the pod', (name, isLimited) => {
		expect(made.get(`r/${name}`)?.isLimited).toEqual(isLimited);
	});

	test('keeps the last termination of a container that ran out of memory', () => {
		const pod = recorded.get('payments/report-gen-5f6567d67d-zfs65');
		expect(pod).toMatchObject({
			uid: 'ce3ad18c-fb2f-41ee-a16f-23d86302957e',
			nodeName: 'node-a',
			hostIp: '10.240.0.10',
			phase: 'Running',
			qosClass: 'Burstable',
			isHostNetwork: false,
			owner: {kind: 'ReplicaSet', name: 'report-gen-5f6567d67d'},
			workload: {kind: 'Deployment', name: 'report-gen'},
			labels: {app: 'report-gen', 'pod-template-hash': '5f6567d67d', 'topology.kubernetes.io/zone': 'rig-1'},
			createdAtMs: 1_795_425_825_000,
			startTimeMs: 1_795_425_825_000,
		});
		expect(pod?.containers[0]).toMatchObject({
			name: 'gen',
			kind: 'app',
			isReady: false,
			restarts: 12,
			state: {
				kind: 'terminated',
				reason: 'OOMKilled',
				exitCode: 137,
				finishedAtMs: Date.UTC(2026, 10, 23, 9, 31, 12),
			},
			lastTermination: {
				reason: 'OOMKilled',
				exitCode: 137,
				signal: undefined,
				finishedAtMs: Date.UTC(2026, 10, 23, 9, 29, 45),
			},
		});
	});

	test('keeps the config hash by which a kubelet knows a static pod', () => {
		expect(recorded.get('kube-system/static-web-node-a')).toMatchObject({
			uid: 'd3fa80fd-6989-437a-8209-95b0ad68ba79',
			configHash: '3fd058990c5c891a57fb302600830260',
			isHostNetwork: true,
			owner: {kind: 'Node', name: 'node-a'},
			workload: {kind: 'Node', name: 'node-a'},
		});
	});

	test('distinguishes init containers and sidecars from app containers', () => {
		const containers = recorded.get('shop/cart-dbbb79444-9pjpc')?.containers;
		expect(containers?.map(({name, kind, state}) => [name, kind, state.kind])).toEqual([
			['migrate', 'init', 'terminated'],
			['mesh-proxy', 'sidecar', 'running'],
			['cart', 'app', 'running'],
		]);
		expect(containers?.[1]).toMatchObject({
			requests: {cpuCores: 0.01, memoryBytes: 8 * mebi},
			limits: {cpuCores: 0.1, memoryBytes: 32 * mebi},
			image: 'docker.io/library/busybox:1.35',
		});
	});

	test('lists a pod that no node has taken', () => {
		const pod = recorded.get('ops/too-big');
		expect(pod).toMatchObject({nodeName: undefined, phase: 'Pending', startTimeMs: undefined});
		expect(pod?.containers[0]).toMatchObject({state: {kind: 'unknown'}, restarts: 0});
	});

	test('lists ephemeral containers, which have no resources', () => {
		const pod = podOf({
			spec: {containers: [], ephemeralContainers: [{name: 'debug', image: 'busybox'}]},
			status: {ephemeralContainerStatuses: [{name: 'debug', state: {running: {startedAt: null}}}]},
		});
		expect(pod?.containers).toMatchObject([
			{name: 'debug', kind: 'ephemeral', state: {kind: 'running', startedAtMs: undefined}},
		]);
	});

	test.each([
		[
			'of a pod that no node can take',
			{
				phase: 'Pending',
				conditions: [{type: 'PodScheduled', status: 'False', message: '0/3 nodes: no cpu.'}],
			},
			'0/3 nodes: no cpu.',
		],
		[
			'of an evicted pod',
			{phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.'},
			'The node was low on resource: memory.',
		],
		[
			'of no pod that is scheduled',
			{conditions: [{type: 'PodScheduled', status: 'True', message: 'old'}]},
			undefined,
		],
	])('keeps the message %s', (_which, status, message) => {
		expect(podOf({status})?.message).toBe(message);
	});

	test('keeps why a container waits, and no more of it than a screen holds', () => {
		const pod = podOf({
			spec: {containers: [{name: 'app'}]},
			status: {
				containerStatuses: [
					{name: 'app', state: {waiting: {reason: 'ImagePullBackOff', message: 'x'.repeat(5000)}}},
				],
			},
		});
		expect(pod?.containers[0]?.state).toEqual({
			kind: 'waiting',
			reason: 'ImagePullBackOff',
			message: `${'x'.repeat(300)}…`,
		});
	});

	const storage = (limit: string | undefined, more: object = {}) => ({
		...more,
		resources: {limits: limit === undefined ? {cpu: '1'} : {'ephemeral-storage': limit}},
	});
	test.each([
		['none', {containers: [storage(undefined)]}, undefined],
		['the sum of those that are stated', {containers: [storage('1Gi'), storage(undefined)]}, 1024 * mebi],
		[
			'that of the greatest init container',
			{containers: [storage('1Mi')], initContainers: [storage('3Mi')]},
			3 * mebi,
		],
		[
			'sidecars added',
			{containers: [storage('1Mi')], initContainers: [storage('3Mi', {restartPolicy: 'Always'})]},
			4 * mebi,
		],
	])('knows the limit of ephemeral storage: %s', (_which, spec, bytes) => {
		expect(podOf({spec})?.ephemeralStorageLimitBytes).toBe(bytes);
	});

	const asking = (gpus: number, more: object = {}) => ({
		...more,
		resources: {requests: {cpu: '1', 'nvidia.com/gpu': String(gpus)}},
	});
	test.each([
		['none', {containers: [storage(undefined)]}, undefined],
		['the sum of its containers', {containers: [asking(1), asking(2), storage('1Gi')]}, 3],
		[
			'the limit where there is no request',
			{containers: [{resources: {limits: {'nvidia.com/gpu': '2'}}}]},
			2,
		],
		['that of the greatest init container', {containers: [asking(1)], initContainers: [asking(3)]}, 3],
		['sidecars added', {containers: [asking(1)], initContainers: [asking(3, {restartPolicy: 'Always'})]}, 4],
	])('knows the extended resources that it requests: %s', (_which, spec, gpus) => {
		expect(podOf({spec})?.extendedRequests).toEqual(gpus && {'nvidia.com/gpu': gpus});
	});

	test('does not assign a ReplicaSet without a template hash to a Deployment', () => {
		const metadata = {ownerReferences: [{kind: 'ReplicaSet', name: 'web-5f', controller: true}], labels: {}};
		expect(podOf({metadata})?.workload).toEqual({kind: 'ReplicaSet', name: 'web-5f'});
	});

	test('takes no owner but the controller', () => {
		expect(podOf({metadata: {ownerReferences: [{kind: 'Job', name: 'j'}]}})?.owner).toBeUndefined();
	});

	test.each([
		undefined,
		null,
		[],
		{},
		{metadata: {name: 'p', uid: 'u'}},
		{metadata: {name: 'p', namespace: 'n'}},
	])('makes nothing of %j', value => {
		expect(decodePod(value)).toBeUndefined();
	});

	test('survives nulls where objects and lists belong (failure 10)', () => {
		const pod = decodePod({
			metadata: {name: 'p', namespace: 'n', uid: 'u', labels: null, ownerReferences: null},
			spec: {containers: null, initContainers: null, overhead: null, resources: null},
			status: {phase: null, containerStatuses: null, conditions: null, startTime: null},
		});
		expect(pod).toMatchObject({phase: 'Unknown', reason: 'Unknown', containers: [], startTimeMs: undefined});
	});
});
