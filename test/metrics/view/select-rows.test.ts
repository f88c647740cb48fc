import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Query} from '../../../source/metrics/model/view.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {cpuReading, nodeReading, reading} from '../readings.ts';

function view(
	nodes: Readonly<Record<string, number | undefined>>,
	query: Omit<Query<'nodes'>, 'level'> = {},
) {
	const store = new Store({capacity: 2, staleAfterMs: 1000});
	for (const [name, usageCores] of Object.entries(nodes)) {
		store.addNode(name, name);
		store.apply(name, [reading(1, {node: nodeReading({cpu: cpuReading({timeMs: 1, usageCores})})})], {
			kind: 'waiting',
		});
	}

	return store.view({level: 'nodes', ...query}, 'live', 1);
}

const names = (...args: Parameters<typeof view>) => view(...args).rows.map(row => row.name);

describe('rows', () => {
	test('are sorted by CPU in descending order by default', () => {
		expect(names({a: 1, b: 3, c: 2})).toEqual(['b', 'c', 'a']);
	});

	test.each([true, false])('put unknown last when descending is %s', isDescending => {
		const order = names({a: undefined, b: 3, c: 2}, {sort: {column: 'cpu', isDescending}});
		expect(order.at(-1)).toBe('a');
	});

	test('with equal values are sorted by name, in either direction', () => {
		const nodes = {'node-10': 1, 'node-9': 1, 'node-1': 1};
		const order = ['node-1', 'node-9', 'node-10'];
		expect(names(nodes, {sort: {column: 'cpu', isDescending: true}})).toEqual(order);
		expect(names(nodes, {sort: {column: 'cpu', isDescending: false}})).toEqual(order);
	});

	test('sort text by its numbers', () => {
		expect(names({'n-10': 1, 'n-9': 2}, {sort: {column: 'name', isDescending: true}})).toEqual([
			'n-10',
			'n-9',
		]);
	});

	test('fall back to the first column where the one asked for is none', () => {
		expect(names({b: 1, a: 2}, {sort: {column: 'nonsense', isDescending: false}})).toEqual(['a', 'b']);
	});

	test('that the filter hides are still counted', () => {
		expect(view({web: 1, db: 2}, {filter: 'web'})).toMatchObject({total: 2, rows: [{name: 'web'}]});
	});

	test('are all shown where the filter makes no sense', () => {
		expect(view({web: 1, db: 2}, {filter: 'cpu>x'}).rows).toHaveLength(2);
	});

	test('are in order and complete for any usage', () => {
		const usage = fc.option(fc.double({min: 0, max: 100, noNaN: true}), {nil: undefined});
		fc.assert(
			fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), usage, {maxKeys: 12}), nodes => {
				const rows = view(nodes).rows;
				expect(rows.map(row => row.name).sort()).toEqual(Object.keys(nodes).sort());
				const cores = rows.map(row => row.cpuCores ?? -1);
				expect(cores).toEqual([...cores].sort((a, b) => b - a));
			}),
		);
	});

	test('of the same usage are in the order of their names, whichever way the column is sorted', () => {
		const usage = fc.constantFrom(0, 1, 1.5, 12, undefined);
		const nodes = fc.dictionary(fc.stringMatching(/^[a-z]{1,3}[0-9]{0,2}$/), usage, {maxKeys: 30});
		const {compare} = new Intl.Collator('en', {numeric: true});
		fc.assert(
			fc.property(nodes, fc.boolean(), (nodes, isDescending) => {
				const expected = Object.keys(nodes).sort((a, b) => {
					const [one = Number.NEGATIVE_INFINITY, other = Number.NEGATIVE_INFINITY] = isDescending
						? [nodes[a], nodes[b]]
						: [minus(nodes[a]), minus(nodes[b])];
					return one === other ? compare(a, b) : other > one ? 1 : -1;
				});
				expect(names(nodes, {sort: {column: 'cpu', isDescending}})).toEqual(expected);
			}),
		);
	});
});

function minus(value: number | undefined): number | undefined {
	return value === undefined ? undefined : -value;
}
