import {describe, expect, test} from 'vitest';
import type {
	ContainerInfo,
	ContainerState,
	NodeInfo,
	PodInfo,
} from '../../../source/metrics/model/inventory.ts';
import type {NodeState} from '../../../source/metrics/model/node-state.ts';
import type {ContainerRow, NodeRow, PodRow} from '../../../source/metrics/model/row.ts';
import {problemRows} from '../../../source/metrics/problems/problem-rows.ts';
import {containerInfo, nodeInfo, podInfo} from '../inventories.ts';
import {containerRow, nodeRow, podRow} from '../rows.ts';

const NOW = 10_000_000;
const MINUTE = 60_000;

const FAILED: NodeState = {
	kind: 'failed',
	failure: {code: 'refused', brief: 'refused', message: 'n1 refuses connections', hint: 'start it'},
	sinceMs: 5,
	attempts: 3,
	retryAtMs: 9,
};

const problemsOf = (rows: {
	readonly nodes?: readonly NodeRow[];
	readonly pods?: readonly PodRow[];
	readonly containers?: readonly ContainerRow[];
}) => problemRows({nodes: [], pods: [], containers: [], ...rows}, NOW);
const ofNode = (known: Partial<NodeRow>) => problemsOf({nodes: [nodeRow('n1', known)]});
const ofPod = (info: Partial<PodInfo>, known: Partial<PodRow> = {}) =>
	problemsOf({pods: [podRow('web-1', {info: podInfo('web-1', info), ...known})]});
const ofContainer = (known: Partial<ContainerInfo>) => ofPod({containers: [containerInfo('app', known)]});
const listed = (known: Partial<NodeInfo>) => ({info: nodeInfo('n1', known)});
const waiting = (reason: string | undefined, message?: string): ContainerState => ({
	kind: 'waiting',
	reason,
	message,
});
const ended = (reason: string, exitCode: number, agoMs: number) => ({
	reason,
	exitCode,
	signal: undefined,
	finishedAtMs: NOW - agoMs,
});
const condition = (type: string, status: string) => ({
	type,
	status,
	reason: `Reason${type}`,
	message: `message of ${type}`,
	sinceMs: 7,
});

describe('a node', () => {
	test('is a problem when it is not ready, with the words of its condition', () => {
		expect(ofNode(listed({readiness: 'NotReady', problems: [condition('Ready', 'False')]}))).toMatchObject([
			{
				level: 'critical',
				reason: 'not ready',
				message: 'ReasonReady: message of Ready',
				sinceMs: 7,
				name: 'n1',
				of: {kind: 'node'},
			},
		]);
	});

	test('is one under pressure, but not where it stopped reporting whether it is', () => {
		const problems = [condition('DiskPressure', 'True'), condition('MemoryPressure', 'Unknown')];
		expect(ofNode(listed({problems})).map(({reason}) => reason)).toEqual(['DiskPressure']);
	});

	test.each([
		['a warning where the API server says that it is ready', nodeInfo('n1'), 'warning'],
		['critical where nothing says so', undefined, 'critical'],
	] as const)('that cannot be read is %s', (_how, info, level) => {
		expect(ofNode({state: FAILED, info})).toMatchObject([
			{level, reason: 'not read', message: 'n1 refuses connections', sinceMs: 5},
		]);
	});

	test('without a kubelet is none', () => {
		expect(ofNode({state: FAILED, ...listed({isVirtual: true})})).toEqual([]);
	});

	test('that cannot be read has no figures of now, nor has what is on it', () => {
		const full = {receivedAtMs: 1, memoryWorkingSetBytes: 99, memoryLimitBytes: 100};
		const containers = [containerRow('a', {...full, nodeId: 'id-n1'}), containerRow('b', full)];
		const nodes = [nodeRow('n1', {state: FAILED, cpuCores: 4, cpuCapacityCores: 4, ...listed({})})];
		expect(problemsOf({nodes, containers}).map(({reason, of}) => [reason, of.name])).toEqual([
			['not read', 'n1'],
			['memory of limit', 'b'],
		]);
	});

	const filesystem = (name: string, used: number, inodesUsed = 0) => ({
		name,
		timeMs: undefined,
		usedBytes: used,
		capacityBytes: 100,
		availableBytes: 100 - used,
		inodes: 100,
		inodesFree: 100 - inodesUsed,
		inodesUsed,
	});

	test.each<[string, Partial<NodeRow>, ReadonlyArray<readonly [string, string]>]>([
		['CPU', {cpuCores: 2.8, cpuCapacityCores: 3}, [['warning', '93 % of its CPU is in use']]],
		[
			'memory',
			{memoryWorkingSetBytes: 96, memoryCapacityBytes: 100},
			[['critical', '96 % of its memory is in use']],
		],
		[
			'file systems, each',
			{filesystems: [filesystem('nodefs', 91), filesystem('imagefs', 97)]},
			[
				['warning', 'nodefs is 91 % full'],
				['critical', 'imagefs is 97 % full'],
			],
		],
		[
			'inodes',
			{filesystems: [filesystem('nodefs', 10, 92)]},
			[['warning', '92 % of the inodes of nodefs are in use']],
		],
		[
			'what is below the thresholds',
			{cpuCores: 2.6, cpuCapacityCores: 3, filesystems: [filesystem('nodefs', 89, 89)]},
			[],
		],
		['what is unknown', {cpuCapacityCores: 3, memoryCapacityBytes: 100}, []],
	])('that is nearly full: %s', (_what, known, expected) => {
		expect(ofNode(known).map(({level, message}) => [level, message])).toEqual(expected);
	});
});

describe('a pod', () => {
	test('that is on no node says why, but not in its first minute', () => {
		const pending = {
			nodeName: undefined,
			phase: 'Pending',
			reason: 'Pending',
			message: '0/3 nodes fit',
		} as const;
		expect(ofPod({...pending, createdAtMs: NOW - MINUTE})).toMatchObject([
			{level: 'critical', reason: 'Pending', message: '0/3 nodes fit', sinceMs: NOW - MINUTE},
		]);
		expect(ofPod({...pending, createdAtMs: NOW - MINUTE + 1})).toEqual([]);
	});

	test.each([
		['crash loop', 'CrashLoopBackOff', 'back-off 5m0s restarting failed container=app'],
		['image that cannot be pulled', 'ImagePullBackOff', 'Back-off pulling image "app:2"'],
	])('in a %s has the message of the API server', (_what, reason, message) => {
		expect(ofContainer({state: waiting(reason, message)})).toMatchObject([
			{level: 'critical', reason, message, name: 'shop/web-1', container: 'app'},
		]);
	});

	test('in a crash loop without a message says how it last ended, and since when', () => {
		const lastTermination = ended('Error', 3, MINUTE);
		expect(ofContainer({state: waiting('CrashLoopBackOff'), lastTermination})).toMatchObject([
			{message: 'app waits; it last ended with Error, exit code 3', sinceMs: NOW - MINUTE},
		]);
	});

	test('that starts is a problem after a minute', () => {
		const containers = [containerInfo('app', {state: waiting('ContainerCreating')})];
		expect(ofPod({containers, startTimeMs: NOW - MINUTE + 1})).toEqual([]);
		expect(ofPod({containers, startTimeMs: NOW - MINUTE})).toMatchObject([
			{level: 'critical', reason: 'ContainerCreating', message: 'app waits'},
		]);
	});

	test('whose init container fails is one problem and not one for each container that waits for it', () => {
		const containers = [
			containerInfo('setup', {kind: 'init', state: waiting('CrashLoopBackOff', 'back-off')}),
			containerInfo('app', {state: waiting('PodInitializing')}),
			containerInfo('proxy', {state: waiting('PodInitializing')}),
		];
		expect(ofPod({containers}).map(({name, reason}) => [name, reason])).toEqual([
			['shop/web-1/setup', 'CrashLoopBackOff'],
		]);
	});

	test('with a container that was OOM killed within an hour runs, but badly', () => {
		const killed = (agoMs: number) =>
			ofContainer({
				restarts: 4,
				limits: {cpuCores: undefined, memoryBytes: 1},
				lastTermination: ended('OOMKilled', 137, agoMs),
			});
		expect(killed(59 * MINUTE)).toMatchObject([
			{level: 'warning', reason: 'OOM killed', message: 'app was killed for memory at its limit, 4 restarts'},
		]);
		expect(killed(61 * MINUTE)).toEqual([]);
	});

	test('with a container that runs and is not ready is one after its first minute', () => {
		const unready = (agoMs: number) =>
			ofContainer({isReady: false, state: {kind: 'running', startedAtMs: NOW - agoMs}});
		expect(unready(MINUTE)).toMatchObject([
			{level: 'warning', reason: 'not ready', message: 'app runs and is not ready'},
		]);
		expect(unready(MINUTE - 1)).toEqual([]);
	});

	test.each([
		['completed', ended('Completed', 0, 1), []],
		['failed', ended('Error', 2, 1), [['critical', 'Error', 'app has ended, exit code 2']]],
	] as const)('with a container that has %s', (_how, termination, expected) => {
		const found = ofContainer({state: {kind: 'terminated', ...termination}});
		expect(found.map(({level, reason, message}) => [level, reason, message])).toEqual(expected);
	});

	test.each([
		[
			'evicted lately',
			{phase: 'Failed', reason: 'Evicted', message: 'low on disk', startTimeMs: NOW - MINUTE},
			['low on disk'],
		],
		['evicted long ago', {phase: 'Failed', reason: 'Evicted', message: 'low on disk', startTimeMs: 0}, []],
		['completed', {phase: 'Succeeded', reason: 'Completed', startTimeMs: NOW - MINUTE}, []],
	] as const)('that was %s', (_how, info, messages) => {
		expect(ofPod(info).map(({message}) => message)).toEqual(messages);
	});

	test('is one for the memory limit as a whole only where it has several containers', () => {
		const info = {limits: {cpuCores: 1, memoryBytes: 100}};
		const used = {memoryWorkingSetBytes: 97};
		const two = [containerInfo('app'), containerInfo('proxy')];
		expect(ofPod({...info, containers: two}, used)).toMatchObject([
			{level: 'critical', message: 'uses 97 % of its memory limit'},
		]);
		expect(ofPod({...info, containers: two.slice(1)}, used)).toEqual([]);
	});
});

describe('a container', () => {
	test.each<[string, Partial<ContainerRow>, readonly [string, string]]>([
		[
			'its memory limit',
			{memoryWorkingSetBytes: 90, memoryLimitBytes: 100},
			['warning', 'uses 90 % of its memory limit'],
		],
		['its CPU limit', {cpuCores: 1, cpuLimitCores: 1}, ['warning', 'uses 100 % of its CPU limit']],
		[
			'the periods it is stopped in',
			{throttledRatio: 0.6},
			['warning', 'is stopped by its CPU limit in 60 % of the periods'],
		],
	])('is a problem for %s', (_what, known, [level, message]) => {
		expect(problemsOf({containers: [containerRow('app', known)]})).toMatchObject([
			{level, message, name: 'shop/web/app'},
		]);
	});
});

test('each problem has an id of its own, also two of one reason', () => {
	const full = {
		timeMs: undefined,
		usedBytes: 95,
		capacityBytes: 100,
		availableBytes: 5,
		inodes: undefined,
		inodesFree: undefined,
		inodesUsed: undefined,
	};
	const rows = ofNode({
		filesystems: [
			{...full, name: 'nodefs'},
			{...full, name: 'imagefs'},
		],
	});
	expect(new Set(rows.map(({id}) => id)).size).toBe(2);
});
