import {describe, expect, test} from 'vitest';
import {firstSelection} from '../../source/commands/first-selection.ts';
import type {Selection} from '../../source/options/options.ts';

const selection = (known: Partial<Selection> = {}): Selection => ({
	level: 'nodes',
	isLevelGiven: false,
	sort: undefined,
	filter: undefined,
	namespaces: undefined,
	group: undefined,
	selector: undefined,
	nodeName: undefined,
	...known,
});

describe('the first table', () => {
	test.each([
		['nodes, if they may be listed', {}, false, 'nodes'],
		['pods, if nodes may not', {}, true, 'pods'],
		[
			'pods, if the order and the filter have a meaning there',
			{sort: {column: 'memory', isDescending: true}, filter: 'cpu>1'},
			true,
			'pods',
		],
		['the given one', {isLevelGiven: true}, true, 'nodes'],
		['nodes, if only they can be sorted so', {sort: {column: 'fs%', isDescending: true}}, true, 'nodes'],
		['nodes, if only they can be filtered so', {filter: 'fs%>90'}, true, 'nodes'],
	] as const)('is %s', (_what, known, hidesNodes, level) => {
		expect(firstSelection(selection(known), hidesNodes).level).toBe(level);
	});
});
