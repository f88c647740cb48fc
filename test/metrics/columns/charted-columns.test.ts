import {describe, expect, test} from 'vitest';
import {chartedBy, chartedColumns} from '../../../source/metrics/columns/charted-columns.ts';
import {columnsOf} from '../../../source/metrics/columns/columns.ts';
import {TABLES} from '../../../source/metrics/model/levels.ts';

describe('what charts of rows show', () => {
	test.each(TABLES)('of %s are columns of the table', level => {
		const ids = columnsOf(level).map(({id}): string => id);
		expect(chartedColumns(level).filter(({id}) => !ids.includes(id))).toEqual([]);
	});

	test.each([
		['nodes', ['cpu', 'memory', 'rss', 'net-received', 'net-sent', 'fs%']],
		['containers', ['cpu', 'memory', 'rss', 'throttled']],
		['tree', []],
		['processes', []],
		['problems', []],
	] as const)('of %s are %j', (level, ids) => {
		expect(chartedColumns(level).map(({id}) => id)).toEqual(ids);
	});

	test.each([
		['cpu', 'cpu'],
		['cpu%limit', 'cpu'],
		['cpu-p95', 'cpu'],
		['memory-excess', 'memory'],
		['net-sent', 'net-sent'],
		['name', undefined],
		['containers', undefined],
	])('sorted by %s is %s', (sortedBy, id) => {
		expect(chartedBy(sortedBy)).toBe(id);
	});
});
