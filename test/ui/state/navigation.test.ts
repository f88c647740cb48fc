import {describe, expect, test} from 'vitest';
import type {ProblemRow, ProcessRow, Row} from '../../../source/metrics/model/row.ts';
import {currentPage} from '../../../source/ui/state/page.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import type {ScreenState} from '../../../source/ui/state/screen-state.ts';
import {containerRow, namespaceRow, nodeRow, podRow, processRow, workloadRow} from '../../metrics/rows.ts';
import {DOWN, FIVE, NOTHING, START, showing, startingAt, stateAfter} from './states.ts';

describe('opening pages and going back', () => {
	test('opens a node on its containers, and Esc returns to the same row', () => {
		const inside = stateAfter([DOWN, {type: 'open'}]);
		expect(currentPage(inside)).toMatchObject({
			level: 'containers',
			scope: {nodeId: 'id-b'},
			subject: {level: 'nodes', id: 'id-b', name: 'b'},
		});
		const back = act(inside, {type: 'back'}, FIVE);
		expect(currentPage(back)).toMatchObject({level: 'nodes', selectedId: 'id-b'});
	});

	test('opens a container on its charts, where Enter does nothing', () => {
		const inside = act(START, {type: 'open'}, showing([containerRow('a')]));
		expect(currentPage(inside)).toMatchObject({
			level: undefined,
			subject: {level: 'containers', name: 'shop/web/a'},
		});
		expect(act(inside, {type: 'open'}, NOTHING)).toBe(inside);
	});

	test('opens a namespace on its pods, and a pod on its containers', () => {
		const namespace = act(START, {type: 'open'}, showing([namespaceRow('a')]));
		expect(currentPage(namespace)).toMatchObject({level: 'pods', scope: {namespaces: ['a']}});
		expect(currentPage(act(START, {type: 'open'}, showing([podRow('a')])))).toMatchObject({
			level: 'containers',
			scope: {podId: 'id-a'},
		});
	});

	test('opens a workload on its pods', () => {
		const inside = currentPage(act(START, {type: 'open'}, showing([workloadRow('web')])));
		const id = 'workload/shop/Deployment/web';
		expect(inside).toMatchObject({
			level: 'pods',
			scope: {namespaces: ['shop'], workloadId: id},
			subject: {level: 'workloads', id, name: 'shop/web'},
		});
	});

	test('Esc on the first page clears the filter, then goes live', () => {
		const filtered = {
			...startingAt('pods', 'web'),
			cursor: {atMs: 5},
		};
		const once = act(filtered, {type: 'back'}, FIVE);
		expect([currentPage(once).filter, once.cursor]).toEqual(['', {atMs: 5}]);
		expect(act(once, {type: 'back'}, FIVE).cursor).toBe('live');
	});

	test('Tab cycles through the tables, and a number selects one, from any page', () => {
		const levels = [1, 1, 1, 1].map(
			(_by, index) =>
				currentPage(stateAfter(Array.from({length: index + 1}, () => ({type: 'next-level', by: 1}) as const)))
					.level,
		);
		expect(levels).toEqual(['pods', 'containers', 'namespaces', 'tree']);
		expect(currentPage(stateAfter([{type: 'next-level', by: -1}])).level).toBe('workloads');
		expect(stateAfter([{type: 'open'}, {type: 'level', index: 2}]).pages).toMatchObject([
			{level: 'containers'},
		]);
	});
});

describe('the page of the cluster', () => {
	test('opens above the nodes from any page, and leads back to them', () => {
		const pods = act(START, {type: 'level', index: 1}, FIVE);
		const page = act(pods, {type: 'cluster'}, FIVE);
		expect(page.pages.map(({level, subject}) => [level, subject?.level])).toEqual([
			['nodes', undefined],
			['nodes', 'cluster'],
		]);
		expect(act(page, {type: 'back'}, FIVE).pages).toHaveLength(1);
		expect(act(page, {type: 'open'}, FIVE).pages.map(({subject}) => subject?.level)).toEqual([
			undefined,
			'cluster',
			'nodes',
		]);
	});
});

describe('the table of problems', () => {
	const pages = (state: ScreenState) => state.pages.map(({level, subject}) => [level, subject?.level]);
	const pod = podRow('web-1');
	const problem: ProblemRow = {
		kind: 'problem',
		pod: undefined,
		id: 'p',
		name: 'shop/web-1',
		level: 'critical',
		reason: 'CrashLoopBackOff',
		message: '',
		container: undefined,
		sinceMs: undefined,
		namespace: pod.namespace,
		of: pod,
	};
	const opened = stateAfter([{type: 'level', index: 1}, {type: 'problems'}]);

	test('lies over any page, critical ones first, and its key or Esc leads back', () => {
		expect(pages(opened)).toEqual([
			['pods', undefined],
			['problems', undefined],
		]);
		expect(currentPage(opened).sort).toEqual({column: 'level', isDescending: false});
		expect(pages(act(opened, {type: 'problems'}, FIVE))).toEqual([['pods', undefined]]);
		expect(pages(act(opened, {type: 'back'}, FIVE))).toEqual([['pods', undefined]]);
	});

	test('opens what a problem is about, and its key leads back from there', () => {
		const inside = act(opened, {type: 'open'}, showing([problem]));
		expect(currentPage(inside)).toMatchObject({level: 'containers', subject: {level: 'pods', id: pod.id}});
		expect(pages(act(inside, {type: 'problems'}, FIVE))).toEqual(pages(opened));
	});

	test('can be the first one: over the nodes', () => {
		expect(pages(startingAt('problems'))).toEqual([
			['nodes', undefined],
			['problems', undefined],
		]);
	});
});

describe('the table of processes', () => {
	const scopeOf = (row: Row) => currentPage(act(START, {type: 'processes'}, showing([row]))).scope;

	test('is of what is selected, and its key or Esc leads back', () => {
		expect(scopeOf(nodeRow('n1'))).toMatchObject({nodeId: 'id-n1', podId: undefined});
		expect(scopeOf(podRow('web-1'))).toMatchObject({nodeId: 'n', podId: 'id-web-1'});
		expect(scopeOf(workloadRow('web'))).toMatchObject({namespaces: ['shop']});
		expect(scopeOf(namespaceRow('shop'))).toMatchObject({namespaces: ['shop']});
		const opened = act(START, {type: 'processes'}, FIVE);
		expect(act(opened, {type: 'processes'}, FIVE).pages).toHaveLength(1);
		expect(act(opened, {type: 'back'}, FIVE).pages).toHaveLength(1);
	});

	test('opens the container that a process is in, or else its node', () => {
		const opened = (row: ProcessRow) =>
			currentPage(act(startingAt('processes'), {type: 'open'}, showing([row])));
		expect(opened(processRow()).subject).toMatchObject({level: 'nodes', id: 'n', name: 'node'});
		expect(opened(processRow({container: containerRow('app')})).subject).toMatchObject({level: 'containers'});
	});

	test('is sorted by resident memory with the key of memory', () => {
		const sortable = ['pid', 'cpu', 'rss'];
		const state = act(startingAt('processes'), {type: 'sort-by', column: 'memory'}, showing([], {sortable}));
		expect(currentPage(state).sort).toEqual({column: 'rss', isDescending: true});
	});
});
