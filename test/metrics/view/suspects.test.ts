import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {ContainerRow, PodRow} from '../../../source/metrics/model/row.ts';
import {lastingProblems, problemsOfState} from '../../../source/metrics/problems/problem-rows.ts';
import {suspectsAmong} from '../../../source/metrics/view/suspects.ts';
import {containerInfo, podInfo} from '../inventories.ts';
import {containerRow, podRow} from '../rows.ts';

const share = fc.constantFrom(undefined, 0, 0.5, 0.89, 0.9, 1, 2);

const containers = fc.array(
	fc
		.record({cpuCores: share, memoryWorkingSetBytes: share, throttledRatio: share})
		.map((known): ContainerRow => containerRow('app', {...known, cpuLimitCores: 1, memoryLimitBytes: 1})),
	{maxLength: 4},
);

const pods = fc.array(
	fc
		.record({
			memoryWorkingSetBytes: share,
			isLimited: fc.boolean(),
			containers: fc.constantFrom(
				[containerInfo('app')],
				[containerInfo('app'), containerInfo('side')],
				[containerInfo('app', {isReady: false})],
				[containerInfo('app', {state: {kind: 'waiting', reason: 'CrashLoopBackOff'}})],
			),
			nodeName: fc.constantFrom('n1', undefined),
			phase: fc.constantFrom('Running' as const, 'Failed' as const),
			available: fc.constantFrom(undefined, 0, 5, 10),
			inodesFree: fc.constantFrom(undefined, 0, 10),
		})
		.map(
			({memoryWorkingSetBytes, isLimited, available, inodesFree, ...info}): PodRow =>
				podRow('web-1', {
					memoryWorkingSetBytes,
					info: podInfo('web-1', {
						...info,
						limits: {cpuCores: undefined, memoryBytes: 1},
						isLimited: {cpu: false, memory: isLimited},
					}),
					volumes: [
						{
							name: 'data',
							claim: undefined,
							timeMs: undefined,
							capacityBytes: 10,
							availableBytes: available,
							usedBytes: undefined,
							inodes: 10,
							inodesFree,
							inodesUsed: undefined,
						},
					],
				}),
		),
	{maxLength: 4},
);

test('suspects are all rows that have problems, or may have them later', () => {
	fc.assert(
		fc.property(pods, containers, (somePods, someContainers) => {
			const suspects = suspectsAmong(somePods, someContainers);
			expect(lastingProblems(undefined, suspects)).toEqual(
				lastingProblems(undefined, {pods: somePods, containers: someContainers}),
			);
			for (const atMs of [0, 10_000_000]) {
				expect(problemsOfState(suspects.passing, atMs)).toEqual(problemsOfState(somePods, atMs));
			}
		}),
	);
});

test('rows at no limit are no suspects', () => {
	expect(suspectsAmong([podRow('web-1')], [containerRow('app', {cpuCores: 0.89, cpuLimitCores: 1})])).toEqual(
		{
			pods: [],
			containers: [],
			passing: [],
		},
	);
});
