import {expect, test} from 'vitest';
import {isWorkload, listsWorkloads} from '../../../source/ui/state/workload.ts';
import {containerRow, namespaceRow, nodeRow, podRow} from '../../metrics/rows.ts';

test.each([
	['a pod', podRow('p'), true],
	['a container of a pod', containerRow('c'), true],
	['a container outside of pods', containerRow('c', {pod: undefined}), false],
	['a node', nodeRow('n'), false],
	['a namespace', namespaceRow('n'), false],
	['a pod in a tree', {kind: 'tree', id: 'p', name: 'p', depth: 1, isOpen: false, of: podRow('p')}, true],
] as const)('%s has logs and a shell: %#', (_what, row, expected) => {
	expect(isWorkload(row)).toBe(expected);
});

test('pods, containers and the page of a container have logs and a shell', () => {
	const levels = [undefined, 'nodes', 'pods', 'containers', 'namespaces', 'tree'] as const;
	expect(levels.filter(listsWorkloads)).toEqual([undefined, 'pods', 'containers']);
});
