import {describe, expect, test} from 'vitest';
import {columnsOf} from '../../../source/metrics/columns/columns.ts';
import type {NamespaceRow, PodRow} from '../../../source/metrics/model/row.ts';
import {rollUpNamespaces} from '../../../source/metrics/store/roll-up-namespaces.ts';
import {containerInfo, podInfo} from '../inventories.ts';
import {podRow} from '../rows.ts';

const NO_AMOUNTS = {cpuCores: undefined, memoryBytes: undefined};
const limited = containerInfo('app', {limits: {cpuCores: 1, memoryBytes: 100}});
const unlimited = containerInfo('helper');

/** Uses 0.5 cores and 50 bytes; one container has limits of 1 core and 100 bytes, others have none. */
function pod(
	name: string,
	containers: readonly (typeof limited)[],
	phase: 'Running' | 'Succeeded' = 'Running',
): PodRow {
	const isLimited = containers.every(({limits}) => limits.cpuCores !== undefined);
	return podRow(name, {
		cpuCores: 0.5,
		memoryWorkingSetBytes: 50,
		info: podInfo(name, {
			phase,
			containers,
			limits: containers.includes(limited) ? limited.limits : NO_AMOUNTS,
			isLimited: {cpu: isLimited, memory: isLimited},
		}),
	});
}

function namespaceOf(pods: readonly PodRow[]): NamespaceRow {
	const [row] = rollUpNamespaces(pods, [], () => true);
	if (row === undefined) {
		throw new Error('no namespace');
	}

	return row;
}

function shares(row: NamespaceRow): readonly unknown[] {
	return ['cpu%limit', 'memory%limit', 'cpu-limit', 'memory-limit'].map(id =>
		columnsOf('namespaces')
			.find(column => column.id === id)
			?.value(row, 0),
	);
}

describe('a namespace', () => {
	test('is measured against its limits where every container has one', () => {
		expect(shares(namespaceOf([pod('a', [limited]), pod('b', [limited])]))).toEqual([0.5, 0.5, 2, 200]);
	});

	test('is measured against what those pods ask for whose usage is known', () => {
		const unread = {...pod('b', [limited]), cpuCores: undefined, memoryWorkingSetBytes: undefined};
		expect(shares(namespaceOf([pod('a', [limited]), unread]))).toEqual([0.5, 0.5, 2, 200]);
		expect(shares(namespaceOf([unread]))).toEqual([undefined, undefined, 1, 100]);
	});

	test('has no limit where one container has none: its usage would be held against that of others', () => {
		const row = namespaceOf([pod('a', [limited]), pod('b', [unlimited]), pod('c', [limited, unlimited])]);
		expect(shares(row)).toEqual([undefined, undefined, undefined, undefined]);
		expect(row.limited).toEqual({cpuCores: 2, memoryBytes: 2, of: 4});
	});

	test('does not ask for limits of containers that have ended', () => {
		const row = namespaceOf([pod('a', [limited]), pod('b', [unlimited], 'Succeeded')]);
		expect(row.limited).toEqual({cpuCores: 1, memoryBytes: 1, of: 1});
	});

	test('sums restarts, errors and ephemeral storage, and knows its fullest volume', () => {
		const volume = {
			name: 'data',
			claim: undefined,
			timeMs: undefined,
			capacityBytes: 10,
			availableBytes: 1,
			usedBytes: undefined,
			inodes: undefined,
			inodesFree: undefined,
			inodesUsed: undefined,
		};
		const row = namespaceOf([
			podRow('a', {info: podInfo('a', {restarts: 2}), rxErrorsPerSecond: 0.25, ephemeralStorageUsedBytes: 7}),
			podRow('b', {info: podInfo('b', {restarts: 3}), volumes: [volume]}),
			podRow('c', {isHostNetwork: true, rxErrorsPerSecond: 9}),
		]);
		expect(row).toMatchObject({
			restarts: 5,
			oomKilled: 0,
			networkErrorsPerSecond: 0.25,
			ephemeralStorageUsedBytes: 7,
			fullestVolumeRatio: 0.9,
		});
	});
});
