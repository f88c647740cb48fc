import {describe, expect, test} from 'vitest';
import type {SeriesName} from '../../../source/metrics/model/row.ts';
import {measuredCharts} from '../../../source/ui/view/measured-charts.ts';
import {containerRow, namespaceRow} from '../../metrics/rows.ts';

const knowing =
	(...known: readonly SeriesName[]) =>
	(series: SeriesName): Float64Array =>
		Float64Array.of(Number.NaN, known.includes(series) ? 1 : Number.NaN);
const titles = (charts: ReturnType<typeof measuredCharts>) => ({
	drawn: charts.drawn.map(({short}) => short),
	unmeasured: charts.unmeasured.map(({short}) => short),
});

describe('the charts of an object', () => {
	test('are drawn where they have a value in the window', () => {
		expect(titles(measuredCharts(containerRow('c'), 'live', knowing('cpuCores', 'memoryRssBytes')))).toEqual({
			drawn: ['CPU', 'MEM'],
			unmeasured: ['NET', 'THR'],
		});
	});

	test.each([
		['of the past', containerRow('c'), {atMs: 5}],
		['of a sum', namespaceRow('shop'), 'live'],
	] as const)('are all drawn %s, without a look at their values', (_what, row, cursor) => {
		const charts = measuredCharts(row, cursor, () => {
			throw new Error('looked');
		});
		expect(charts.drawn.length).toBeGreaterThan(2);
		expect(charts.unmeasured).toEqual([]);
	});
});
