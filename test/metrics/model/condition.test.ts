import {describe, expect, test} from 'vitest';
import {type Condition, conditionOf} from '../../../source/metrics/model/condition.ts';
import type {ObjectRow} from '../../../source/metrics/model/row.ts';
import {containerInfo, nodeInfo, podInfo} from '../inventories.ts';
import {containerRow, namespaceRow, nodeRow, podRow, workloadRow} from '../rows.ts';

const pressure = {type: 'DiskPressure', status: 'True', reason: undefined, message: undefined, sinceMs: 0};
const ended = (exitCode: number) =>
	containerInfo('c', {
		isReady: false,
		state: {kind: 'terminated', exitCode, reason: undefined, signal: undefined, finishedAtMs: undefined},
	});
const unready = containerInfo('c', {isReady: false});

describe('the condition of', () => {
	test.each<readonly [string, ObjectRow, Condition]>([
		['a ready node is fine', nodeRow('n', {info: nodeInfo('n')}), undefined],
		[
			'a node that is not ready is trouble',
			nodeRow('n', {info: nodeInfo('n', {readiness: 'NotReady'})}),
			'troubled',
		],
		[
			'a node under pressure is trouble',
			nodeRow('n', {info: nodeInfo('n', {problems: [pressure]})}),
			'troubled',
		],
		['an unlisted node is not known', nodeRow('n'), undefined],
		['a ready pod is fine', podRow('p', {info: podInfo('p', {containers: [containerInfo('c')]})}), undefined],
		[
			'a pod with an unready container is trouble',
			podRow('p', {info: podInfo('p', {containers: [unready]})}),
			'troubled',
		],
		['a pending pod is trouble', podRow('p', {info: podInfo('p', {phase: 'Pending'})}), 'troubled'],
		['a failed pod is trouble', podRow('p', {info: podInfo('p', {phase: 'Failed'})}), 'troubled'],
		[
			'a pod that has done its work has ended',
			podRow('p', {info: podInfo('p', {phase: 'Succeeded'})}),
			'ended',
		],
		['an unlisted pod is not known', podRow('p'), undefined],
		[
			'a waiting container is trouble',
			containerRow('c', {
				info: containerInfo('c', {state: {kind: 'waiting', reason: 'CrashLoopBackOff', message: undefined}}),
			}),
			'troubled',
		],
		['a container that ended well has ended', containerRow('c', {info: ended(0)}), 'ended'],
		['a container that ended with an error is trouble', containerRow('c', {info: ended(1)}), 'troubled'],
		['a running container that is not ready is trouble', containerRow('c', {info: unready}), 'troubled'],
		[
			'a running init container is fine',
			containerRow('c', {info: containerInfo('c', {kind: 'init', isReady: false})}),
			undefined,
		],
		['a workload that lacks pods is trouble', workloadRow('w', {ready: {pods: 1, of: 2}}), 'troubled'],
		['a workload with all its pods is fine', workloadRow('w', {ready: {pods: 2, of: 2}}), undefined],
		['a namespace is not known', namespaceRow('n'), undefined],
	])('%s', (_what, row, condition) => {
		expect(conditionOf(row)).toBe(condition);
	});
});
