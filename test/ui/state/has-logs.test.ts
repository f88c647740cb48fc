import {expect, test} from 'vitest';
import {hasLogs, listsLogs} from '../../../source/ui/state/has-logs.ts';
import {containerRow, namespaceRow, nodeRow, podRow, workloadRow} from '../../metrics/rows.ts';

test.each([
	['a pod', podRow('p'), true],
	['a container of a pod', containerRow('c'), true],
	['a container outside of pods', containerRow('c', {pod: undefined}), false],
	['a node', nodeRow('n'), false],
	['a namespace', namespaceRow('n'), false],
	['a workload', workloadRow('w'), false],
	['a pod in a tree', {kind: 'tree', id: 'p', name: 'p', depth: 1, isOpen: false, of: podRow('p')}, true],
] as const)('%s has logs and a shell: %#', (_what, row, expected) => {
	expect(hasLogs(row)).toBe(expected);
});

test('pods, containers and the page of a container have logs and a shell', () => {
	const levels = [undefined, 'nodes', 'pods', 'containers', 'namespaces', 'tree', 'workloads'] as const;
	expect(levels.filter(listsLogs)).toEqual([undefined, 'pods', 'containers']);
});
