import {describe, expect, test} from 'vitest';
import type {ContainerInfo, PodInfo} from '../../../source/metrics/model/inventory.ts';
import type {PodRow} from '../../../source/metrics/model/row.ts';
import {rollUpWorkloads} from '../../../source/metrics/store/roll-up-workloads.ts';
import {containerInfo, podInfo} from '../inventories.ts';
import {podRow} from '../rows.ts';

const ready = containerInfo('app', {isReady: true});
const waiting = containerInfo('app', {isReady: false});

function pod(
	name: string,
	workload: string,
	{
		row,
		...info
	}: Partial<PodInfo> & {
		readonly row?: Partial<PodRow>;
		readonly containers: readonly ContainerInfo[];
	},
): PodRow {
	return podRow(name, {
		cpuCores: 0.5,
		memoryWorkingSetBytes: 50,
		info: podInfo(name, {
			workload: {kind: 'Deployment', name: workload},
			requests: {cpuCores: 1, memoryBytes: 100},
			...info,
		}),
		...row,
	});
}

const PODS = [
	pod('web-1', 'web', {containers: [ready], restarts: 2, createdAtMs: 2000}),
	pod('web-2', 'web', {
		containers: [ready, waiting],
		restarts: 1,
		createdAtMs: 1000,
		limits: {cpuCores: undefined, memoryBytes: 160},
		isLimited: {cpu: false, memory: true},
		row: {memoryWorkingSetBytes: 80, cpuCores: 0.1},
	}),
	pod('web-0', 'web', {containers: [waiting], phase: 'Succeeded', row: {cpuCores: undefined}}),
	pod('api-1', 'api', {containers: [ready]}),
];

describe('workloads', () => {
	const [web, api, ...rest] = rollUpWorkloads(PODS, () => true);

	test('are one for each controller', () => {
		expect([web?.name, api?.name, rest]).toEqual(['web', 'api', []]);
	});

	test('sum usage of all pods, and requests of those that are not finished', () => {
		expect(web).toMatchObject({cpuCores: 0.6, memoryWorkingSetBytes: 180, restarts: 3, podCount: 2});
		expect(web?.bound?.requests).toEqual({cpuCores: 2, memoryBytes: 200});
	});

	test('count a pod as ready if all of its containers are, and no finished pod', () => {
		expect([web?.ready, api?.ready]).toEqual([
			{pods: 1, of: 2},
			{pods: 1, of: 1},
		]);
	});

	test('know the highest values of one pod, and are as old as the oldest', () => {
		expect(web?.highest).toEqual({cpuCores: 0.5, memoryBytes: 80, memoryLimitRatio: 0.5, pod: 'web-2'});
		expect(web?.createdAtMs).toBe(1000);
	});

	test('know neither readiness nor requests of pods that are not listed', () => {
		const [row] = rollUpWorkloads([podRow('web-1', {cpuCores: 1})], () => false);
		expect(row).toMatchObject({name: 'web-1', workloadKind: undefined, cpuCores: 1, podCount: 1});
		expect([row?.ready, row?.bound, row?.restarts, row?.createdAtMs]).toEqual([
			undefined,
			undefined,
			undefined,
			undefined,
		]);
		expect(row?.highest).toEqual({
			cpuCores: 1,
			memoryBytes: undefined,
			memoryLimitRatio: undefined,
			pod: undefined,
		});
	});

	describe('with their controllers', () => {
		const controllers = new Map([
			[
				'shop/Deployment/web',
				{kind: 'Deployment', namespace: 'shop', name: 'web', wantedPods: 5, createdAtMs: 10},
			],
			[
				'shop/Deployment/idle',
				{kind: 'Deployment', namespace: 'shop', name: 'idle', wantedPods: 2, createdAtMs: 20},
			],
		]);
		const rows = rollUpWorkloads(PODS, () => true, new Map([[undefined, controllers]]));
		const named = (name: string) => rows.find(row => row.name === name);

		test('tell how many pods these want, and are as old as these', () => {
			expect(named('web')).toMatchObject({wantedPods: 5, ready: {pods: 1, of: 2}, createdAtMs: 10});
			expect(named('api')).toMatchObject({wantedPods: undefined, ready: {pods: 1, of: 1}});
		});

		test('have a row for a controller that has no pod, whose usage is unknown', () => {
			expect(named('idle')).toMatchObject({
				id: 'workload/shop/Deployment/idle',
				wantedPods: 2,
				ready: {pods: 0, of: 0},
				podCount: 0,
				cpuCores: undefined,
				pods: [],
			});
		});

		test('are those of another cluster where the names are the same', () => {
			const elsewhere = rollUpWorkloads(PODS, () => true, new Map([['b', controllers]]));
			expect(elsewhere.map(row => [row.cluster, row.name, row.wantedPods])).toEqual([
				[undefined, 'web', undefined],
				[undefined, 'api', undefined],
				['b', 'web', 5],
				['b', 'idle', 2],
			]);
		});
	});
});
