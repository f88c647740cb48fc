import {podLimits} from '../../metrics/model/pod-limits.ts';
import {printable} from '../../metrics/model/printable.ts';
import type {ClusterRow, Row, SeriesName, Subject} from '../../metrics/model/row.ts';
import type {Style} from '../theme/theme.ts';
import type {Steps} from './axis.ts';
import {formatBytes, formatCores, formatPercent, formatRate} from './numbers.ts';
import {bytesTick, coresTick, rateTick, shareTick} from './tick-label.ts';

/** What is measured, and so how it is written. */
export type Quantity = {
	readonly format: (value: number) => string;
	/** With its unit, where the figure does not say it. */
	readonly say: (value: number) => string;
	readonly tick: (value: number) => string;
	readonly steps: Steps;
	/** The least that a whole axis stands for, so that idle things look idle. */
	readonly least: number;
};

export type ChartKind = {
	readonly title: string;
	/** The title where there is little room. */
	readonly short: string;
	readonly quantity: Quantity;
	/** The first is above the others. */
	readonly series: ReadonlyArray<{
		readonly name: SeriesName;
		readonly style: Style;
		/** What a legend calls it; the only series of a chart needs no name. */
		readonly long: string;
		readonly short: string;
	}>;
	readonly levels: readonly Level[];
};

/** What a series is held against: its limit, its request, or all there is. */
export type Level = {readonly name: 'lim' | 'req' | 'cap' | 'alloc'; readonly value: number};

/** `lim 500m`. */
export function labelOf({name, value}: Level, {quantity}: ChartKind): string {
	return `${name} ${quantity.format(value)}`;
}

const CORES: Quantity = {
	format: formatCores,
	say: value => (value < 0.9995 ? formatCores(value) : `${formatCores(value)} cores`),
	tick: coresTick,
	steps: 'decimal',
	least: 0.01,
};
const BYTES: Quantity = {
	format: formatBytes,
	say: formatBytes,
	tick: bytesTick,
	steps: 'binary',
	least: 2 ** 20,
};
const RATE: Quantity = {format: formatRate, say: formatRate, tick: rateTick, steps: 'decimal', least: 1000};
const SHARE: Quantity = {
	format: formatPercent,
	say: formatPercent,
	tick: shareTick,
	steps: 'decimal',
	least: 0.1,
};

/** The charts of an object, the most telling first: where there is little room the others are left out. */
export function chartsOf(row: Subject): readonly ChartKind[] {
	if (row.kind === 'tree') {
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

/** How often its CPU limit stops a container. */
const THROTTLING: ChartKind = {
	title: 'THROTTLED',
	short: 'THR',
	quantity: SHARE,
	series: [{name: 'throttledRatio', style: 'critical', long: '', short: ''}],
	levels: [],
};

type Levels = {readonly cpu: readonly Level[]; readonly memory: readonly Level[]};

function levelsOf(row: Exclude<Row, {kind: 'tree'}> | ClusterRow): Levels {
	switch (row.kind) {
		case 'cluster':
			return {cpu: levelsOfAll(row, 'cpuCores'), memory: levelsOfAll(row, 'memoryBytes')};

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

/** Of the cluster what its pods claim stands beside what they can have: where it is more, it is overcommitted. */
function levelsOfAll(row: ClusterRow, resource: 'cpuCores' | 'memoryBytes'): readonly Level[] {
	const {allocatable, requests, limits, cpuCapacityCores, memoryCapacityBytes} = row;
	const all = allocatable[resource];
	return known([
		all === undefined
			? ['cap', resource === 'cpuCores' ? cpuCapacityCores : memoryCapacityBytes]
			: ['alloc', all],
		['lim', limits[resource]],
		['req', requests[resource]],
	]);
}

/** Who requests 0 requests nothing: that is no level. */
function known(
	levels: ReadonlyArray<readonly [name: Level['name'], value: number | undefined]>,
): readonly Level[] {
	return levels.flatMap(([name, value]) => (value === undefined || !(value > 0) ? [] : [{name, value}]));
}
