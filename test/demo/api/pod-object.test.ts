import {describe, expect, test} from 'vitest';
import {decodeNode} from '../../../source/cluster/inventory/node-decoder.ts';
import {decodePod} from '../../../source/cluster/inventory/pod-decoder.ts';
import {summary} from '../../../source/demo/kubelet/summary.ts';
import type {ClusterModel} from '../../../source/demo/model/cluster.ts';
import {lifeAt} from '../../../source/demo/model/container.ts';
import type {PodModel} from '../../../source/demo/model/pod.ts';
import type {PodInfo} from '../../../source/metrics/model/inventory.ts';
import {demoCluster, listAll, NOW_MS, nodeWith} from './ask-api.ts';

const cluster = demoCluster();
const pods = podsAt(cluster, NOW_MS);

function podsAt(of: ClusterModel, nowMs: number): readonly PodInfo[] {
	return listAll(of, '/api/v1/pods', nowMs).flatMap(object => decodePod(object) ?? []);
}

function models(of: ClusterModel): readonly PodModel[] {
	return of.nodeNames.flatMap(name => of.node(name)?.pods ?? []);
}

function podOf(app: string): PodInfo | undefined {
	return pods.find(({labels}) => labels.app === app);
}

function container(pod: PodInfo | undefined, name: string): PodInfo['containers'][number] | undefined {
	return pod?.containers.find(one => one.name === name);
}

/** When, after the time given, a container of a leaking pod is killed. */
function nextKillMs({containers: [leaking]}: PodModel, afterMs: number): number {
	const {startMs, isRunning} = leaking ? lifeAt(leaking, afterMs) : {startMs: 0, isRunning: false};
	const lifeMs = leaking?.lifeMs ?? 0;
	return isRunning ? startMs + lifeMs : startMs + 2 * lifeMs + 10_000;
}

describe('the pods of the simulated API server', () => {
	test('are those of the kubelets, by uid, namespace, name and node, and seven more', () => {
		const reported = cluster.nodeNames.flatMap(name => {
			const node = cluster.node(name);
			const list: ReadonlyArray<{podRef: {namespace: string; name: string; uid: string}}> =
				node === undefined ? [] : JSON.parse(JSON.stringify(summary(node, NOW_MS, false))).pods;
			return list.map(({podRef}) => ({...podRef, nodeName: name}));
		});
		expect(reported).toHaveLength(240);
		const known = new Map(pods.map(pod => [pod.uid, pod]));
		for (const pod of reported) {
			expect(known.get(pod.uid)).toMatchObject(pod);
		}

		expect(known.size).toBe(247);
	});

	test('have the limits of the kubelet’s containers, and requests that do not exceed them', () => {
		const byUid = new Map(pods.map(pod => [pod.uid, pod]));
		for (const model of models(cluster)) {
			for (const one of model.containers) {
				const info = container(byUid.get(model.uid), one.name);
				expect(info?.limits.memoryBytes).toBe(one.memoryLimitBytes);
				expect(info?.limits.cpuCores === undefined).toBe(one.cpuLimitCores === undefined);
				expect(info?.limits.cpuCores ?? 0).toBeCloseTo(one.cpuLimitCores ?? 0, 3);
				expect(info?.requests.memoryBytes ?? 0).toBeLessThanOrEqual(one.memoryLimitBytes ?? Infinity);
				expect(info?.requests.cpuCores ?? 0).toBeLessThanOrEqual(info?.limits.cpuCores ?? Infinity);
			}
		}
	});

	test('ask for no more than their node has', () => {
		for (const node of listAll(cluster, '/api/v1/nodes').map(decodeNode)) {
			const own = pods.filter(({nodeName, phase}) => nodeName === node?.name && phase === 'Running');
			const cores = own.reduce((sum, {requests}) => sum + (requests.cpuCores ?? 0), 0);
			const bytes = own.reduce((sum, {requests}) => sum + (requests.memoryBytes ?? 0), 0);
			expect(cores).toBeLessThan(node?.allocatable.cpuCores ?? 0);
			expect(bytes).toBeLessThan(node?.allocatable.memoryBytes ?? 0);
			const gpus = own.reduce(
				(sum, {extendedRequests}) => sum + (extendedRequests?.['nvidia.com/gpu'] ?? 0),
				0,
			);
			expect(gpus).toBeLessThanOrEqual(node?.allocatable.extended?.['nvidia.com/gpu'] ?? 0);
		}
	});

	test('are of all three classes, and ask for nothing as BestEffort', () => {
		expect(new Set(pods.map(({qosClass}) => qosClass))).toEqual(
			new Set(['Guaranteed', 'Burstable', 'BestEffort']),
		);
		for (const {qosClass, requests, limits, isLimited} of pods) {
			if (qosClass === 'BestEffort') {
				expect({...requests, ...limits}).toEqual({cpuCores: undefined, memoryBytes: undefined});
			} else if (qosClass === 'Guaranteed') {
				expect(isLimited).toEqual({cpu: true, memory: true});
				expect(requests).toEqual(limits);
			}
		}
	});

	test.each([
		['web', 'ReplicaSet', 'Deployment'],
		['fluent-bit', 'DaemonSet', 'DaemonSet'],
		['ledger-db', 'StatefulSet', 'StatefulSet'],
	])('%s belongs to a %s of the %s of its name', (app, owner, workload) => {
		const pod = podOf(app);
		expect(pod?.owner?.kind).toBe(owner);
		expect(pod?.workload).toEqual({kind: workload, name: app});
		expect(pod?.name.startsWith(`${pod?.owner?.name}-`)).toBe(true);
	});

	test('have native sidecars and init containers that are done', () => {
		expect(podOf('cart')?.containers.map(({name, kind}) => [name, kind])).toEqual([
			['istio-proxy', 'sidecar'],
			['cart', 'app'],
		]);
		expect(container(podOf('ledger-db'), 'init-permissions')).toMatchObject({
			kind: 'init',
			state: {kind: 'terminated', exitCode: 0},
		});
		expect([podOf('cart')?.reason, podOf('ledger-db')?.reason]).toEqual(['Running', 'Running']);
	});

	test('that leak wait for ten seconds after they were killed for their memory, and start again', () => {
		const lost = nodeWith(cluster, 'hung');
		const node = cluster.nodeNames.find(
			name => name !== lost && cluster.node(name)?.pods.some(pod => pod.workload.name === 'recommendations'),
		);
		const model = cluster.node(node ?? '')?.pods.find(pod => pod.workload.name === 'recommendations');
		const killMs = model ? nextKillMs(model, NOW_MS) : 0;
		const at = (nowMs: number): PodInfo | undefined =>
			podsAt(cluster, nowMs).find(({uid}) => uid === model?.uid);
		const before = at(killMs - 1);
		const restarts = before?.restarts ?? 0;
		expect(restarts).toBeGreaterThan(0);
		expect(before).toMatchObject({
			reason: 'Running',
			containers: [{isReady: true, lastTermination: {reason: 'OOMKilled', exitCode: 137}}],
		});
		expect(at(killMs)).toMatchObject({
			reason: 'CrashLoopBackOff',
			restarts,
			containers: [
				{
					isReady: false,
					lastTermination: {reason: 'OOMKilled', finishedAtMs: Math.floor(killMs / 1000) * 1000},
				},
			],
		});
		expect(at(killMs + 10_000)).toMatchObject({
			reason: 'Running',
			restarts: restarts + 1,
			containers: [
				{
					isReady: true,
					state: {kind: 'running', startedAtMs: Math.floor((killMs + 10_000) / 1000) * 1000},
				},
			],
		});
	});

	test('of the node that was lost stay as they were heard of last', () => {
		const path = `/api/v1/pods?fieldSelector=spec.nodeName=${nodeWith(cluster, 'hung')}`;
		expect(listAll(cluster, path, NOW_MS + 6_000_000)).toEqual(listAll(cluster, path));
	});

	test('that no kubelet reports are finished, evicted, pending, or crashing', () => {
		const reported = new Set(models(cluster).map(({uid}) => uid));
		const others = pods.filter(({uid}) => !reported.has(uid));
		expect(others.map(({phase, reason}) => `${phase} ${reason}`).sort()).toEqual([
			'Failed Evicted',
			'Pending ImagePullBackOff',
			'Pending Pending',
			'Running CrashLoopBackOff',
			'Succeeded Completed',
			'Succeeded Completed',
			'Succeeded Completed',
		]);
		expect(others.filter(({nodeName}) => nodeName === undefined)).toMatchObject([{reason: 'Pending'}]);
		expect(others.some(({containers}) => containers.some(({state}) => state.kind === 'running'))).toBe(false);
		expect(others.filter(({nodeName}) => cluster.faults.has(nodeName ?? ''))).toEqual([]);
	});

	test.each([
		[0, 0],
		[19, 19],
		[20, 27],
	])('are, where the kubelets have %d, %d', (count, all) => {
		expect(listAll(demoCluster(4, count), '/api/v1/pods')).toHaveLength(all);
	});
});
