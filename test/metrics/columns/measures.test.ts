import {describe, expect, test} from 'vitest';
import {columnsOf, layoutOf, measureId} from '../../../source/metrics/columns/columns.ts';
import {isText} from '../../../source/metrics/model/column.ts';
import {LIST_LEVELS, TABLES} from '../../../source/metrics/model/levels.ts';

describe('what maps show', () => {
	test.each(TABLES)('of %s are numbers, in groups of texts', level => {
		const units = new Map(columnsOf(level).map(({id, unit}) => [id, unit]));
		const unitsOf = (ids: readonly string[]) => ids.map(id => units.get(id) ?? 'missing');
		const {measures, groups} = layoutOf(level);
		expect(unitsOf(measures).filter(unit => unit === 'missing' || isText(unit))).toEqual([]);
		expect(unitsOf(groups).filter(unit => unit !== 'text')).toEqual([]);
	});

	test.each(LIST_LEVELS)('of %s begins with CPU and memory', level => {
		expect(
			layoutOf(level)
				.measures.slice(0, 2)
				.map(id => id.replace('%', '').replace('rss', 'memory')),
		).toEqual(['cpu', 'memory']);
	});

	test.each([
		['nodes', 'cpu', 'cpu%'],
		['nodes', 'memory%', 'memory%'],
		['nodes', 'pods', 'pods%'],
		['nodes', 'net-received', 'net-received'],
		['nodes', 'name', 'cpu%'],
		['pods', 'cpu', 'cpu'],
		['pods', 'node', 'cpu'],
		['tree', 'cpu', undefined],
	] as const)('of %s sorted by %s is %s', (level, sortedBy, id) => {
		expect(measureId(level, sortedBy)).toBe(id);
	});
});
