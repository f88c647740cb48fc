import {describe, expect, test} from 'vitest';
import {podStatusSummary} from '../../../source/cluster/inventory/pod-status-reason.ts';

type Case = readonly [name: string, pod: Record<string, unknown>, reason: string];

const running = {running: {startedAt: '2026-11-23T09:00:00Z'}};
const waiting = (reason: string) => ({waiting: {reason}});
const ended = (exitCode: number, reason?: string, signal?: number) => ({
	terminated: {exitCode, reason, signal},
});
const init = (count: number, extra = {}) => ({
	initContainers: Array.from({length: count}, (_, index) => ({name: `i${index}`, ...extra})),
});

const cases: readonly Case[] = [
	['the phase where no container says more', {status: {phase: 'Pending'}}, 'Pending'],
	['the pod’s own reason', {status: {phase: 'Failed', reason: 'Evicted'}}, 'Evicted'],
	[
		'a scheduling gate',
		{
			status: {
				phase: 'Pending',
				conditions: [{type: 'PodScheduled', status: 'False', reason: 'SchedulingGated'}],
			},
		},
		'SchedulingGated',
	],
	[
		'a crash loop',
		{status: {phase: 'Running', containerStatuses: [{state: waiting('CrashLoopBackOff')}]}},
		'CrashLoopBackOff',
	],
	[
		'the first container that says something',
		{
			status: {
				phase: 'Running',
				containerStatuses: [{state: running}, {state: ended(1, 'Error')}, {state: waiting('X')}],
			},
		},
		'Error',
	],
	['an exit code without a reason', {status: {containerStatuses: [{state: ended(3)}]}}, 'ExitCode:3'],
	['a signal without a reason', {status: {containerStatuses: [{state: ended(137, '', 9)}]}}, 'Signal:9'],
	[
		'Running where one container is done and another ready',
		{
			status: {
				phase: 'Running',
				conditions: [{type: 'Ready', status: 'True'}],
				containerStatuses: [{state: ended(0, 'Completed')}, {ready: true, state: running}],
			},
		},
		'Running',
	],
	[
		'NotReady where one is done and the pod is not ready',
		{
			status: {
				phase: 'Running',
				conditions: [{type: 'Ready', status: 'False'}],
				containerStatuses: [{state: ended(0, 'Completed')}, {ready: true, state: running}],
			},
		},
		'NotReady',
	],
	[
		'how far the init containers are',
		{
			spec: init(3),
			status: {
				initContainerStatuses: [
					{name: 'i0', state: ended(0)},
					{name: 'i1', state: running},
					{name: 'i2', state: waiting('PodInitializing')},
				],
				containerStatuses: [{state: waiting('PodInitializing')}],
			},
		},
		'Init:1/3',
	],
	[
		'why an init container waits',
		{spec: init(1), status: {initContainerStatuses: [{name: 'i0', state: waiting('ErrImagePull')}]}},
		'Init:ErrImagePull',
	],
	[
		'how an init container failed',
		{spec: init(1), status: {initContainerStatuses: [{name: 'i0', state: ended(1, 'Error')}]}},
		'Init:Error',
	],
	[
		'the code of an init container that failed without a reason',
		{spec: init(1), status: {initContainerStatuses: [{name: 'i0', state: ended(2)}]}},
		'Init:ExitCode:2',
	],
	[
		'the signal of an init container that was killed',
		{spec: init(1), status: {initContainerStatuses: [{name: 'i0', state: ended(137, undefined, 9)}]}},
		'Init:Signal:9',
	],
	[
		'the apps once a sidecar has started',
		{
			spec: init(1, {restartPolicy: 'Always'}),
			status: {
				phase: 'Running',
				initContainerStatuses: [{name: 'i0', started: true, state: running}],
				containerStatuses: [{state: running, ready: true}],
			},
		},
		'Running',
	],
	[
		'the init stage while a sidecar has not started',
		{
			spec: init(1, {restartPolicy: 'Always'}),
			status: {phase: 'Pending', initContainerStatuses: [{name: 'i0', started: false, state: running}]},
		},
		'Init:0/1',
	],
	[
		'the deletion',
		{metadata: {deletionTimestamp: '2026-11-23T09:00:00Z'}, status: {phase: 'Running'}},
		'Terminating',
	],
	[
		'the end of a finished pod even while it is deleted',
		{metadata: {deletionTimestamp: '2026-11-23T09:00:00Z'}, status: {phase: 'Succeeded'}},
		'Succeeded',
	],
	[
		'Unknown for a deleted pod on a lost node',
		{metadata: {deletionTimestamp: '2026-11-23T09:00:00Z'}, status: {phase: 'Running', reason: 'NodeLost'}},
		'Unknown',
	],
];

describe('podStatusSummary', () => {
	test.each(cases)('shows %s', (_name, pod, reason) => {
		expect(podStatusSummary(pod).reason).toBe(reason);
	});

	test('counts only init restarts while initialising', () => {
		const status = {
			initContainerStatuses: [{name: 'i0', restartCount: 4, state: running}],
			containerStatuses: [{restartCount: 7}],
		};
		expect(podStatusSummary({spec: init(1), status}).restarts).toBe(4);
	});

	test('counts apps and sidecars afterwards', () => {
		const spec = {initContainers: [{name: 'i0'}, {name: 'i1', restartPolicy: 'Always'}]};
		const status = {
			initContainerStatuses: [
				{name: 'i0', restartCount: 4, state: ended(0)},
				{name: 'i1', restartCount: 2, started: true, state: running},
			],
			containerStatuses: [{restartCount: 7, state: running}],
		};
		expect(podStatusSummary({spec, status}).restarts).toBe(9);
	});
});
