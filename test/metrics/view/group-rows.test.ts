import {describe, expect, test} from 'vitest';
import {columnsOf} from '../../../source/metrics/columns/columns.ts';
import {firstKnownKey, groupRows} from '../../../source/metrics/view/group-rows.ts';
import {nodeInfo, podInfo} from '../inventories.ts';
import {nodeRow, podRow} from '../rows.ts';

const ZONE = 'topology.kubernetes.io/zone';
const inZone = (name: string, zone?: string) =>
	nodeRow(name, {info: nodeInfo(name, {labels: zone === undefined ? {} : {[ZONE]: zone}})});
const NODES = [inZone('d'), inZone('c10', 'z10'), inZone('b', 'z2'), inZone('c9', 'z10')];
const columns = columnsOf('nodes');

describe('rows in groups', () => {
	test('are in the order of the groups, then of their names; those without a value are last', () => {
		const {by, rows, groups} = groupRows(NODES, columns, 'zone', 0);
		expect(by).toBe('zone');
		expect(groups).toEqual([
			{name: 'z2', count: 1},
			{name: 'z10', count: 2},
			{name: undefined, count: 1},
		]);
		expect(rows.map(({name}) => name)).toEqual(['b', 'c9', 'c10', 'd']);
	});

	test('are one group without a key, and for a key that is no text', () => {
		for (const key of [undefined, 'cpu', 'nothing']) {
			const {by, rows, groups} = groupRows(NODES, columns, key, 0);
			expect([by, groups]).toEqual([undefined, [{name: undefined, count: 4}]]);
			expect(rows.map(({name}) => name)).toEqual(['b', 'c9', 'c10', 'd']);
		}
	});

	test('can be grouped by any label', () => {
		const pods = ['web', 'db', 'web'].map((app, index) =>
			podRow(`p${index}`, {info: podInfo(`p${index}`, {labels: {app}})}),
		);
		expect(groupRows(pods, columnsOf('pods'), 'label:app', 0).groups).toEqual([
			{name: 'db', count: 1},
			{name: 'web', count: 2},
		]);
	});

	test('keep the order of before for the same rows in the same groups, and no other', () => {
		const before = groupRows(NODES, columns, 'zone', 0);
		const again = (rows: typeof NODES, key = 'zone') => groupRows(rows, columns, key, 0, before);
		const busier = NODES.map(row => ({...row, cpuCores: 1})).reverse();
		expect(again(busier)).toEqual(groupRows(busier, columns, 'zone', 0));
		expect(again(busier).groups).toBe(before.groups);
		const moved = [inZone('d', 'z2'), ...NODES.slice(1)];
		expect(again(moved)).toEqual(groupRows(moved, columns, 'zone', 0));
		const replaced = [inZone('e'), ...NODES.slice(1)];
		expect(again(replaced).rows.map(({name}) => name)).toEqual(['b', 'c9', 'c10', 'e']);
		expect(again(NODES, 'pool')).toEqual(groupRows(NODES, columns, 'pool', 0));
	});

	test('the first key with a value is found', () => {
		expect(firstKnownKey(NODES, columns, ['pool', 'zone', 'name'], 0)).toBe('zone');
		expect(firstKnownKey(NODES, columns, ['pool', 'cpu', 'label:app'], 0)).toBeUndefined();
	});
});
