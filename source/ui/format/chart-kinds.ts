import {podLimits} from '../../metrics/model/pod-limits.ts';
import {printable} from '../../metrics/model/printable.ts';
import type {ClusterRow, ObjectRow, SeriesName, Subject} from '../../metrics/model/row.ts';
import type {Style} from '../theme/theme.ts';
import type {Steps} from './axis.ts';
import {formatBytes, formatCores, formatPercent, formatRate} from './numbers.ts';
import {bytesTick, coresTick, rateTick, shareTick} from './tick-label.ts';

/** How a chart writes its values and scales its axis. */
export type Quantity = {
	readonly format: (value: number) => string;
	/** Like `format`, with the unit if the number is ambiguous without it. */
	readonly formatWithUnit: (value: number) => string;
	/** The label of a tick. */
	readonly tick: (value: number) => string;
	readonly steps: Steps;
	/** The minimum of the top of the axis, so that idle objects look idle. */
	readonly minTop: number;
};

export type ChartKind = {
	readonly title: string;
	/** The title on narrow charts. */
	readonly short: string;
	readonly quantity: Quantity;
	/** The first series is drawn above the others. */
	readonly series: ReadonlyArray<{
		readonly name: SeriesName;
		readonly style: Style;
		/** The name in the legend; empty for the only series of a chart. */
		readonly long: string;
		readonly short: string;
	}>;
	readonly levels: readonly ChartLevel[];
};

/** A reference line: limit, request, capacity or allocatable. */
export type ChartLevel = {readonly name: 'lim' | 'req' | 'cap' | 'alloc'; readonly value: number};

/** `lim 500m`. */
export function labelOf({name, value}: ChartLevel, {quantity}: ChartKind): string {
	return `${name} ${quantity.format(value)}`;
}

const CORES: Quantity = {
	format: formatCores,
	formatWithUnit: value => (value < 0.9995 ? formatCores(value) : `${formatCores(value)} cores`),
	tick: coresTick,
	steps: 'decimal',
	minTop: 0.01,
};
const BYTES: Quantity = {
	format: formatBytes,
	formatWithUnit: formatBytes,
	tick: bytesTick,
	steps: 'binary',
	minTop: 2 ** 20,
};
const RATE: Quantity = {
	format: formatRate,
	formatWithUnit: formatRate,
	tick: rateTick,
	steps: 'decimal',
	minTop: 1000,
};
const SHARE: Quantity = {
	format: formatPercent,
	formatWithUnit: formatPercent,
	tick: shareTick,
	steps: 'decimal',
	minTop: 0.1,
};

/** How the values of each series are written, and on which axis. */
export const QUANTITIES: Readonly<Record<SeriesName, Quantity>> = {
	cpuCores: CORES,
	memoryWorkingSetBytes: BYTES,
	memoryRssBytes: BYTES,
	rxBytesPerSecond: RATE,
	txBytesPerSecond: RATE,
	filesystemUsedBytes: BYTES,
	throttledRatio: SHARE,
};

/** The charts of an object, the most important first. */
export function chartsOf(row: Subject): readonly ChartKind[] {
	if (row.kind === 'tree' || row.kind === 'problem') {
		return chartsOf(row.of);
	}

	const levels = levelsOf(row);
	const cpu: ChartKind = {
		title: 'CPU',
		short: 'CPU',
		quantity: CORES,
		series: [{name: 'cpuCores', style: 'accent', long: '', short: ''}],
		levels: levels.cpu,
	};
	const memory: ChartKind = {
		title: 'MEM',
		short: 'MEM',
		quantity: BYTES,
		series: [
			{name: 'memoryWorkingSetBytes', style: 'accent', long: 'working set ', short: ''},
			{name: 'memoryRssBytes', style: 'plain', long: 'RSS ', short: 'RSS '},
		],
		levels: levels.memory,
	};
	const network: ChartKind = {
		title: `NET${row.kind === 'container' && row.pod !== undefined ? ' of its pod' : ''}`,
		short: 'NET',
		quantity: RATE,
		series: [
			{name: 'rxBytesPerSecond', style: 'receive', long: '↓ received ', short: '↓'},
			{name: 'txBytesPerSecond', style: 'send', long: '↑ sent ', short: '↑'},
		],
		levels: [],
	};
	switch (row.kind) {
		case 'container':
			return [cpu, memory, network, THROTTLING];
		case 'node':
			return [
				cpu,
				memory,
				network,
				{
					title: `FS ${printable(row.fullestFilesystem ?? '')}`.trimEnd(),
					short: 'FS',
					quantity: BYTES,
					series: [{name: 'filesystemUsedBytes', style: 'accent', long: '', short: ''}],
					levels: known([['cap', row.filesystemCapacityBytes]]),
				},
			];
		default:
			return [cpu, memory, network];
	}
}

/** The charts with at least one value. */
export function chartsWithValues(
	row: Subject,
	valuesOf: (series: SeriesName) => Float64Array,
): readonly ChartKind[] {
	return chartsOf(row).filter(({series}) =>
		series.some(({name}) => valuesOf(name).some(value => Number.isFinite(value))),
	);
}

/** The share of CFS periods in which the CPU limit throttled a container. */
const THROTTLING: ChartKind = {
	title: 'THROTTLED',
	short: 'THR',
	quantity: SHARE,
	series: [{name: 'throttledRatio', style: 'critical', long: '', short: ''}],
	levels: [],
};

type Levels = {readonly cpu: readonly ChartLevel[]; readonly memory: readonly ChartLevel[]};

function levelsOf(row: ObjectRow | ClusterRow): Levels {
	switch (row.kind) {
		case 'cluster':
			return {cpu: clusterLevels(row, 'cpuCores'), memory: clusterLevels(row, 'memoryBytes')};

		case 'node': {
			const allocatable = row.info?.allocatable;
			const {cpuCapacityCores: cores, memoryCapacityBytes: bytes} = row;
			return {
				cpu: known([cores === undefined ? ['alloc', allocatable?.cpuCores] : ['cap', cores]]),
				memory: known([bytes === undefined ? ['alloc', allocatable?.memoryBytes] : ['cap', bytes]]),
			};
		}

		case 'pod': {
			const limits = podLimits(row);
			const requests = row.info?.requests;
			return {
				cpu: known([
					['lim', limits?.cpuCores],
					['req', requests?.cpuCores],
				]),
				memory: known([
					['lim', limits?.memoryBytes],
					['req', requests?.memoryBytes],
				]),
			};
		}

		case 'container': {
			const {info} = row;
			return {
				cpu: known([
					['lim', row.cpuLimitCores ?? info?.limits.cpuCores],
					['req', info?.requests.cpuCores],
				]),
				memory: known([
					['lim', row.memoryLimitBytes ?? info?.limits.memoryBytes],
					['req', info?.requests.memoryBytes],
				]),
			};
		}

		default:
			return {cpu: [], memory: []};
	}
}

/** Allocatable, limits and requests: limits above allocatable mean that the cluster is overcommitted. */
function clusterLevels(row: ClusterRow, resource: 'cpuCores' | 'memoryBytes'): readonly ChartLevel[] {
	const {allocatable, requests, limits, cpuCapacityCores, memoryCapacityBytes} = row;
	const value = allocatable[resource];
	return known([
		value === undefined
			? ['cap', resource === 'cpuCores' ? cpuCapacityCores : memoryCapacityBytes]
			: ['alloc', value],
		['lim', limits[resource]],
		['req', requests[resource]],
	]);
}

/** The levels above 0: a request of 0 is the same as none. */
function known(
	levels: ReadonlyArray<readonly [name: ChartLevel['name'], value: number | undefined]>,
): readonly ChartLevel[] {
	return levels.flatMap(([name, value]) => (value === undefined || !(value > 0) ? [] : [{name, value}]));
}
