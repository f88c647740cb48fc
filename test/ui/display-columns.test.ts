import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {columnsOf} from '../../source/metrics/columns.ts';
import type {Level} from '../../source/metrics/view.ts';
import {displayColumns, GAP, layOut} from '../../source/ui/table/display-columns.ts';

const LEVELS: readonly Level[] = ['nodes', 'pods', 'containers', 'namespaces', 'tree'];

describe('the columns of a table', () => {
	test.each(LEVELS)('%s name columns that there are, in a clear order of rank', level => {
		const known = columnsOf(level).map(({id}): string => id);
		const shown = displayColumns(level, true);
		expect(
			shown
				.filter(({series}) => series === undefined)
				.map(({id}) => id)
				.filter(id => !known.includes(id)),
		).toEqual([]);
		expect(shown.map(({rank}) => rank).sort((a, b) => a - b)).toEqual(shown.map((_column, index) => index));
	});

	test('fit any width, the name first', () => {
		fc.assert(
			fc.property(fc.constantFrom(...LEVELS), fc.integer({min: 1, max: 400}), (level, width) => {
				const columns = layOut(displayColumns(level, true), width);
				const used = columns.reduce((sum, {cells}) => sum + cells + GAP, -GAP);
				expect(used).toBeLessThanOrEqual(width);
				expect(columns.map(({id}) => id)).toContain('name');
			}),
		);
	});

	test('of nodes in 80 columns show CPU, memory, network, a sparkline and the reason', () => {
		const ids = layOut(displayColumns('nodes', false), 78).map(({id}) => id);
		expect(ids).toEqual(['name', 'cpu', 'cpu%', '~cpuCores', 'memory', 'memory%', 'rx', 'tx', 'state']);
	});

	test('all have room on a wide screen, and use it', () => {
		const columns = layOut(displayColumns('nodes', false), 240);
		expect(columns).toHaveLength(displayColumns('nodes', false).length);
		expect(columns.find(({id}) => id === '~cpuCores')?.cells).toBeGreaterThan(20);
	});
});
