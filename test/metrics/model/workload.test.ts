import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {PodInfo} from '../../../source/metrics/model/inventory.ts';
import {
	namespaceOfWorkloadId,
	workloadIdOf,
	workloadIdOfContainer,
	workloadOf,
} from '../../../source/metrics/model/workload.ts';
import {podInfo} from '../inventories.ts';
import {containerRow, podRow} from '../rows.ts';

/** The minute 29928960 since 1970. */
const SCHEDULED_MS = 29_928_960 * 60_000;

const job = (name: string, createdAtMs: number | undefined): Partial<PodInfo> => ({
	workload: {kind: 'Job', name},
	owner: {kind: 'Job', name},
	createdAtMs,
});

describe('the workload of a pod', () => {
	test.each<readonly [string, Partial<PodInfo>, string, string]>([
		['web-5d9c7b-x7k2p', {workload: {kind: 'Deployment', name: 'web'}}, 'Deployment', 'web'],
		['db-0', {workload: {kind: 'StatefulSet', name: 'db'}}, 'StatefulSet', 'db'],
		['agent-x7k2p', {workload: {kind: 'DaemonSet', name: 'agent'}}, 'DaemonSet', 'agent'],
		['rollout-x', {workload: {kind: 'Rollout', name: 'rollout'}}, 'Rollout', 'rollout'],
		['debug', {}, 'Pod', 'debug'],
		['etcd-n1', {configHash: 'abc'}, 'StaticPod', 'etcd'],
		[
			'etcd-n1',
			{owner: {kind: 'Node', name: 'n1'}, workload: {kind: 'Node', name: 'n1'}},
			'StaticPod',
			'etcd',
		],
		['import-x7k2p', job('import', SCHEDULED_MS), 'Job', 'import'],
		['backup-29928960-x', job('backup-29928960', SCHEDULED_MS + 5000), 'CronJob', 'backup'],
		['backup-20261127-x', job('backup-20261127', SCHEDULED_MS), 'Job', 'backup-20261127'],
		['backup-29928960-x', job('backup-29928960', SCHEDULED_MS + 9 * 86_400_000), 'Job', 'backup-29928960'],
		['backup-29928960-x', job('backup-29928960', undefined), 'Job', 'backup-29928960'],
	])('%s %j is of the %s %s', (name, info, kind, workload) => {
		expect(workloadOf(podRow(name, {info: podInfo(name, info)}))).toEqual({
			kind,
			namespace: 'shop',
			name: workload,
		});
	});

	test('that no API server lists has no kind', () => {
		expect(workloadOf(podRow('web-1'))).toEqual({kind: undefined, namespace: 'shop', name: 'web-1'});
	});

	test('has one id for its pods and their containers, which names its namespace', () => {
		fc.assert(
			fc.property(fc.string(), fc.constantFrom('Job', 'DaemonSet'), fc.string(), (namespace, kind, name) => {
				fc.pre(!namespace.includes('/'));
				const [one, other] = ['a', 'b'].map(pod =>
					podInfo(pod, {namespace, workload: {kind, name}, nodeName: 'n1'}),
				);
				const id = workloadIdOf({namespace, name: 'a', info: one});
				expect(workloadIdOf({namespace, name: 'b', info: other})).toBe(id);
				const pod = {uid: undefined, namespace, name: 'a'};
				expect(workloadIdOfContainer(containerRow('main', {pod, podInfo: one}))).toBe(id);
				expect(namespaceOfWorkloadId(id)).toBe(namespace);
			}),
		);
		expect(workloadIdOfContainer(containerRow('sshd', {pod: undefined}))).toBeUndefined();
	});
});
