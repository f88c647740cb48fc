import type {Column, Why} from '../model/column.ts';
import type {ResourceAmounts} from '../model/inventory.ts';
import {objectOfRow} from '../model/object-of-row.ts';
import {ratio} from '../model/ratio.ts';
import type {ObjectRow, Row} from '../model/row.ts';
import {usedClaimsOf} from '../model/row-claims.ts';
import {MIN_SAMPLES, type StatisticSeries, type Statistics} from '../model/statistics.ts';
import {isSumOfPods} from '../model/sum-of-pods.ts';
import {firstOf, onlyFor} from '../reasons/reason.ts';
import {noLimit, noRequest} from '../reasons/unlisted.ts';
import {cpuUnmeasured, memoryUnmeasured} from '../reasons/unmeasured.ts';
import {type DisplayColumn, fixed, needingInventory} from './display-column.ts';

/**
 * CPU and memory of a row over the window on the screen, beside what is in use now: the lowest and highest sample, their
 * mean and 95th percentile, and requests and limits beside the latter. `columnsWithin` gives them their values.
 */

type Resource = {
	readonly id: 'cpu' | 'memory';
	readonly series: StatisticSeries;
	readonly unit: 'cores' | 'bytes';
	readonly amount: keyof ResourceAmounts;
	/** The first part of headings. */
	readonly short: string;
	readonly full: string;
	/** What is measured, at the end of a sentence. */
	readonly noun: string;
	readonly whyNotNow: Why;
};

const CPU: Resource = {
	id: 'cpu',
	series: 'cpuCores',
	unit: 'cores',
	amount: 'cpuCores',
	short: 'CPU',
	full: 'CPU',
	noun: 'CPU in use',
	whyNotNow: cpuUnmeasured,
};

const MEMORY: Resource = {
	id: 'memory',
	series: 'memoryWorkingSetBytes',
	unit: 'bytes',
	amount: 'memoryBytes',
	short: 'MEM',
	full: 'MEMORY',
	noun: 'working set',
	whyNotNow: memoryUnmeasured,
};

const ofOne = ({id, series, unit, amount, short, full, noun, whyNotNow}: Resource) => {
	const column = (
		name: string,
		[heading, fullHeading]: readonly [string, string],
		ofUnit: Column['unit'],
		explanation: string,
		of: (statistics: Statistics, row: Row) => number | undefined,
		why: Why,
	): Column => ({
		id: `${id}-${name}`,
		heading: `${short}${heading}`,
		fullHeading: `${full} ${fullHeading}`,
		unit: ofUnit,
		explanation,
		value: () => undefined,
		ofWindow: {series, of},
		why,
	});
	const requests = (row: Row) => usedClaimsOf(objectOfRow(row)).requests;
	const tooFew: Why = firstOf(
		(row, around) =>
			around.isPast || (row.kind !== 'process' && row[series] !== undefined)
				? undefined
				: whyNotNow(row, around),
		`fewer than ${MIN_SAMPLES} samples of it in the window`,
	);
	const unless =
		(isUnknown: (row: ObjectRow) => boolean, why: Why): Why =>
		(row, around) =>
			(isUnknown(row) ? why : tooFew)(row, around);
	return {
		min: column('min', ['MIN', 'MINIMUM'], unit, `The lowest ${noun} of the window.`, ({min}) => min, tooFew),
		mean: column('mean', ['MEAN', 'MEAN'], unit, `The mean ${noun} of the window.`, ({mean}) => mean, tooFew),
		p95: column(
			'p95',
			['P95', '95TH PERCENTILE'],
			unit,
			`The ${noun} that 95 % of the samples of the window do not exceed.`,
			({p95}) => p95,
			tooFew,
		),
		max: column(
			'max',
			['MAX', 'MAXIMUM'],
			unit,
			`The highest ${noun} of the window.`,
			({max}) => max,
			tooFew,
		),
		ofRequest: column(
			'p95%request',
			['95R', 'P95 % OF REQUEST'],
			'ratio',
			`The 95th percentile of ${noun} as a share of the request: far below 100 % more is asked for than used.`,
			({p95}, row) => ratio(p95, requests(row)?.[amount]),
			unless(row => usedClaimsOf(row).requests?.[amount] === undefined, noRequest(amount)),
		),
		ofLimit: column(
			'p95%limit',
			['95L', 'P95 % OF LIMIT'],
			'ratio',
			`The 95th percentile of ${noun} as a share of the limit.`,
			({p95}, row) => ratio(p95, limitsOf(objectOfRow(row))?.[amount]),
			onlyFor(
				['pod', 'container', 'namespace', 'workload'],
				unless(row => limitsOf(row)?.[amount] === undefined, noLimit(amount)),
			),
		),
		excess: column(
			'excess',
			['XS', 'EXCESS REQUEST'],
			unit,
			`The request less the 95th percentile of ${noun}: what is asked for and not used. Below 0 it is used and not asked for, as is all that a row without a request uses.`,
			({p95}, row) => {
				const [object, known] = [objectOfRow(row), requests(row)];
				// A sum of which nothing is read now has no requests to compare with.
				const isComparable = !isSumOfPods(object) || object[series] !== undefined;
				return known && isComparable ? (known[amount] ?? 0) - p95 : undefined;
			},
			unless(row => usedClaimsOf(row).requests === undefined, noRequest(amount)),
		),
	};
};

/** The limits of a node are those of some of its pods, which bound nothing. */
function limitsOf(row: ObjectRow): ResourceAmounts | undefined {
	return row.kind === 'node' ? undefined : usedClaimsOf(row).limits;
}

const [OF_CPU, OF_MEMORY] = [ofOne(CPU), ofOne(MEMORY)];

export const STATISTIC_COLUMNS: readonly Column[] = [OF_CPU, OF_MEMORY].flatMap(of => Object.values(of));

export const NODE_STATISTIC_COLUMNS: readonly Column[] = STATISTIC_COLUMNS.filter(
	column => column !== OF_CPU.ofLimit && column !== OF_MEMORY.ofLimit,
);

/** From left to right, ranked among themselves. */
export const STATISTIC_LAYOUT: readonly DisplayColumn[] = [
	fixed('cpu-min', 10, 6),
	fixed('cpu-mean', 6, 7),
	fixed('cpu-p95', 0, 6),
	fixed('cpu-max', 4, 6),
	needingInventory(fixed('cpu-p95%request', 2, 6)),
	needingInventory(fixed('cpu-p95%limit', 12, 6)),
	needingInventory(fixed('cpu-excess', 8, 6)),
	fixed('memory-min', 11, 7),
	fixed('memory-mean', 7, 7),
	fixed('memory-p95', 1, 7),
	fixed('memory-max', 5, 7),
	needingInventory(fixed('memory-p95%request', 3, 6)),
	needingInventory(fixed('memory-p95%limit', 13, 6)),
	needingInventory(fixed('memory-excess', 9, 7)),
];
