import {describe, expect, test} from 'vitest';
import {columnsWithin} from '../../../source/metrics/columns/columns-within.ts';
import type {Column, Surroundings} from '../../../source/metrics/model/column.ts';
import type {Row} from '../../../source/metrics/model/row.ts';
import type {Statistics, StatisticsOf} from '../../../source/metrics/model/statistics.ts';
import type {ListLevel} from '../../../source/metrics/model/view.ts';
import {reasonOf} from '../../../source/metrics/reasons/reason.ts';
import {nodeInfo, podInfo} from '../inventories.ts';
import {containerRow, namespaceRow, nodeRow, podRow, workloadRow} from '../rows.ts';

const OF: Readonly<Record<string, Statistics>> = {
	cpuCores: {samples: 30, min: 0.1, mean: 0.2, p95: 0.4, max: 0.8},
	memoryWorkingSetBytes: {samples: 30, min: 100, mean: 200, p95: 400, max: 800},
};
const known: StatisticsOf = (_row, series) => OF[series];
const tooFew: StatisticsOf = (_row, series) => OF[series] && {...OF[series], samples: 2};

function columnOf(
	level: ListLevel,
	id: string,
	statistics: StatisticsOf | undefined,
): Column<Row> | undefined {
	const columns: ReadonlyArray<Column<Row>> = columnsWithin(level, statistics);
	return columns.find(column => column.id === id);
}

const claiming = podRow('p', {
	cpuCores: 0.3,
	info: podInfo('p', {
		requests: {cpuCores: 2, memoryBytes: 500},
		limits: {cpuCores: 4, memoryBytes: 1000},
		isLimited: {cpu: true, memory: true},
	}),
});
const careless = podRow('p', {
	cpuCores: 0.3,
	info: podInfo('p', {requests: {cpuCores: undefined, memoryBytes: undefined}}),
});
const bound = {
	pods: 2,
	requests: {cpuCores: 0.2, memoryBytes: 800},
	limits: {cpuCores: 1, memoryBytes: 1600},
};
const limited = {cpuCores: 2, memoryBytes: 1, of: 2};
/** Of two pods with the same requests, of which one is read. */
const halfRead = {
	cpuCores: 0.3,
	bound: {...bound, requests: {cpuCores: 2, memoryBytes: 800}},
	measured: {
		requests: {cpuCores: 1, memoryBytes: 0},
		limits: {cpuCores: undefined, memoryBytes: undefined},
	},
	limited,
};

describe('statistics of the window', () => {
	test.each([
		['nodes', 'cpu-min', nodeRow('n'), 0.1],
		['nodes', 'cpu-mean', nodeRow('n'), 0.2],
		['nodes', 'cpu-p95', nodeRow('n'), 0.4],
		['nodes', 'memory-max', nodeRow('n'), 800],
		['nodes', 'cpu-p95%request', nodeRow('n', {info: nodeInfo('n'), bound}), 2],
		['nodes', 'cpu-p95%limit', nodeRow('n', {info: nodeInfo('n'), bound}), undefined],
		['containers', 'memory-p95', containerRow('c'), 400],
		['pods', 'cpu-p95%request', claiming, 0.2],
		['pods', 'cpu-p95%limit', claiming, 0.1],
		['pods', 'cpu-excess', claiming, 1.6],
		['pods', 'memory-excess', claiming, 100],
		['pods', 'memory-p95%request', careless, undefined],
		['pods', 'memory-excess', careless, -400],
		['pods', 'memory-excess', podRow('p'), undefined],
		['namespaces', 'memory-p95%request', namespaceRow('s', {bound, limited}), 0.5],
		['namespaces', 'cpu-p95%request', namespaceRow('s', halfRead), 0.4],
		['workloads', 'cpu-excess', workloadRow('w', halfRead), 0.6],
		['workloads', 'memory-excess', workloadRow('w', halfRead), undefined],
		['workloads', 'cpu-p95%limit', workloadRow('w', {bound, limited}), 0.4],
		['workloads', 'memory-p95%limit', workloadRow('w', {bound, limited}), undefined],
	] as const)('of %s: %s', (level, id, row, value) => {
		const shown = columnOf(level, id, known)?.value(row, 0);
		expect(shown === undefined ? shown : Number(Number(shown).toPrecision(9))).toBe(value);
	});

	test('are no columns without a window', () => {
		expect(columnOf('pods', 'cpu-p95', undefined)).toBeUndefined();
		expect(columnOf('pods', 'cpu', undefined)).toBeDefined();
		expect(columnOf('processes', 'cpu-p95', known)).toBeUndefined();
	});

	const around: Surroundings = {
		node: nodeRow('n'),
		isPast: false,
		hasInventory: true,
		nowMs: 1_000_000,
		watchedMs: 20_000,
	};
	const why = (id: string, row: Row): string => {
		const column = columnOf('pods', id, tooFew);
		expect(column?.value(row, 0)).toBeUndefined();
		return column === undefined ? '' : reasonOf(column, row, around);
	};

	test.each([
		['cpu-p95', claiming, 'fewer than 3 samples of it in the window'],
		['cpu-p95%request', claiming, 'fewer than 3 samples of it in the window'],
		['cpu-p95%request', careless, 'no container of it requests CPU'],
		['memory-excess', podRow('p'), 'the API server does not list its pod, or pods may not be listed'],
	] as const)('are unknown of too few samples, and %s says so or what else is missing', (id, row, reason) => {
		expect(why(id, row)).toBe(reason);
	});

	test('of what was never read are unknown for the reason of the figure itself', () => {
		const silent = podRow('p', {node: 'n', receivedAtMs: undefined, cpuCores: undefined});
		expect(why('cpu-mean', silent)).toMatch(/not answered|answers and does not report it/);
	});
});
