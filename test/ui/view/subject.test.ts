import {describe, expect, test} from 'vitest';
import type {Subject} from '../../../source/metrics/model/row.ts';
import type {View} from '../../../source/metrics/model/view.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import {nodeIdOf, rowInFocus, subjectOf} from '../../../source/ui/view/subject.ts';
import {visibleNodes} from '../../../source/ui/view/visible-nodes.ts';
import {CLUSTER} from '../../metrics/cluster-row.ts';
import {containerRow, namespaceRow, nodeRow, podRow, workloadRow} from '../../metrics/rows.ts';
import {feedOf, NOW, storeOf} from '../feeds.ts';
import {DOWN, FIVE, START, showing, stateAfter} from '../state/states.ts';

describe('the object of a page', () => {
	const {source} = feedOf(storeOf());
	const [alpha] = source.rows('nodes', {}, 'live', NOW);

	test('is the opened object or the cluster, and undefined on the first page', () => {
		const page = act(START, {type: 'open'}, showing(alpha === undefined ? [] : [alpha]));
		expect(subjectOf(page, source, CLUSTER, NOW)).toMatchObject({kind: 'node', name: 'alpha'});
		expect(subjectOf(act(START, {type: 'cluster'}, FIVE), source, CLUSTER, NOW)).toBe(CLUSTER);
		expect(subjectOf(START, source, CLUSTER, NOW)).toBeUndefined();
	});

	test('is undefined once it no longer exists', () => {
		const page = act(START, {type: 'open'}, showing([nodeRow('gone')]));
		expect(subjectOf(page, source, CLUSTER, NOW)).toBeUndefined();
	});
});

test('keys apply to the selected row, or to the object of a page without a table, but not to the cluster', () => {
	const view = {level: 'nodes', rows: FIVE.rows} as unknown as View;
	expect(rowInFocus(stateAfter([DOWN]), view, undefined)?.name).toBe('b');
	const container = containerRow('c');
	expect(rowInFocus(START, undefined, container)).toBe(container);
	expect(rowInFocus(START, undefined, CLUSTER)).toBeUndefined();
});

const POD = podRow('p', {nodeId: 'n1'});

test.each<readonly [string, Subject, string | undefined]>([
	['a node', nodeRow('n'), 'id-n'],
	['a pod', POD, 'n1'],
	['a container', containerRow('c', {nodeId: 'n2'}), 'n2'],
	['a namespace', namespaceRow('shop'), undefined],
	['a workload', workloadRow('web'), undefined],
	['the cluster', CLUSTER, undefined],
	['a pod in a tree', {kind: 'tree', id: 'p', name: 'p', depth: 1, isOpen: false, of: POD}, 'n1'],
])('the node of %s', (_what, row, id) => {
	expect(nodeIdOf(row)).toBe(id);
});

test('each node on the screen is listed once', () => {
	expect(visibleNodes([POD, podRow('q', {nodeId: 'n1'}), namespaceRow('shop'), nodeRow('n')])).toEqual([
		'n1',
		'id-n',
	]);
});
