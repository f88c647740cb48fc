import {expect, test} from 'vitest';
import {shownProcesses} from '../../../source/ui/view/shown-processes.ts';

const tree = (...open: readonly string[]) => ({by: 'nodes', open: new Set(open)}) as const;

test.each([
	['their table', {level: 'processes', scope: {}, tree: tree()}, 'all'],
	['their table of one node', {level: 'processes', scope: {nodeId: 'n'}, tree: tree()}, 'n'],
	['a tree with an open row', {level: 'tree', scope: {}, tree: tree('n')}, 'all'],
	['a closed tree', {level: 'tree', scope: {}, tree: tree()}, undefined],
	['any other table', {level: 'containers', scope: {nodeId: 'n'}, tree: tree('n')}, undefined],
] as const)('processes are read for %s', (_what, page, shown) => {
	expect(shownProcesses(page)).toBe(shown);
});
