import {describe, expect, test} from 'vitest';
import {currentPage} from '../../../source/ui/state/page.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import {containerRow, namespaceRow, podRow, workloadRow} from '../../metrics/rows.ts';
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
