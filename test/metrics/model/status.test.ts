import {describe, expect, test} from 'vitest';
import {lastTermination, statusOf} from '../../../source/metrics/model/status.ts';
import {containerInfo, nodeInfo, podInfo} from '../inventories.ts';
import {containerRow, namespaceRow, nodeRow, podRow} from '../rows.ts';

const condition = (type: string, status: string) => ({
	type,
	status,
	reason: undefined,
	message: undefined,
	sinceMs: undefined,
});

describe('the status', () => {
	test.each([
		['ready', nodeInfo('n'), 'Ready'],
		['cordoned', nodeInfo('n', {isCordoned: true}), 'Ready,SchedulingDisabled'],
		[
			'not ready',
			nodeInfo('n', {readiness: 'NotReady', problems: [condition('Ready', 'False')]}),
			'NotReady',
		],
		['silent', nodeInfo('n', {readiness: 'Unknown', problems: [condition('Ready', 'Unknown')]}), 'NotReady'],
		['full', nodeInfo('n', {problems: [condition('DiskPressure', 'True')]}), 'Ready,DiskPressure'],
	])('of a node that is %s is as kubectl says', (_, info, expected) => {
		expect(statusOf(nodeRow('n', {info}))).toBe(expected);
	});

	test.each([
		[{kind: 'running', startedAtMs: undefined}, 'Running'],
		[{kind: 'waiting', reason: 'CrashLoopBackOff'}, 'CrashLoopBackOff'],
		[{kind: 'waiting', reason: undefined}, 'Waiting'],
		[ended(0, undefined), 'Completed'],
		[ended(1, undefined), 'Error'],
		[ended(137, 'OOMKilled'), 'OOMKilled'],
		[{kind: 'unknown'}, undefined],
	] as const)('of a container that is %j is %s', (state, expected) => {
		expect(statusOf(containerRow('c', {info: containerInfo('c', {state})}))).toBe(expected);
	});

	test('of a pod is the reason that kubectl prints', () => {
		expect(statusOf(podRow('p', {info: podInfo('p', {reason: 'Init:0/1'})}))).toBe('Init:0/1');
	});

	test('is unknown without an API server', () => {
		expect([nodeRow('n'), podRow('p'), containerRow('c'), namespaceRow('s')].map(statusOf)).toEqual([
			undefined,
			undefined,
			undefined,
			undefined,
		]);
	});
});

test.each([
	['of the run before', containerInfo('c', {lastTermination: ended(137, 'OOMKilled')}), 'OOMKilled 137'],
	['of this run', containerInfo('c', {state: ended(1, 'Error'), lastTermination: ended(2, 'x')}), 'Error 1'],
	['that never was', containerInfo('c'), undefined],
])('the last end %s is described', (_, info, expected) => {
	expect(lastTermination(info)).toBe(expected);
});

function ended(exitCode: number, reason: string | undefined) {
	return {kind: 'terminated', exitCode, reason, signal: undefined, finishedAtMs: undefined} as const;
}
