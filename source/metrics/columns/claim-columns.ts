import type {Column, Why} from '../model/column.ts';
import type {ResourceAmounts} from '../model/inventory.ts';
import {ratio} from '../model/ratio.ts';
import type {ObjectRow, Row} from '../model/row.ts';
import {noLimit, noRequest} from '../reasons/unlisted.ts';
import {cpuUnmeasured, memoryUnmeasured} from '../reasons/unmeasured.ts';
import {amount, share} from './column-kinds.ts';
import type {Measured} from './usage-columns.ts';

/** Requests and limits, and the share of them in use. */

/** For a share: the reason is that the usage is unknown, or else that the request or limit is. */
const partOf =
	(part: (row: ObjectRow) => number | undefined, whyNoPart: Why) =>
	(whyNoWhole: Why): Why =>
	(row, around) =>
		(part(row) === undefined ? whyNoPart : whyNoWhole)(row, around);
export const cpuOf = partOf(row => row.cpuCores, cpuUnmeasured);
export const memoryOf = partOf(
	row => (row.kind === 'process' ? undefined : row.memoryWorkingSetBytes),
	memoryUnmeasured,
);

/** Requests and limits. One that is not set is unknown: no number would be right. */
export const claims = <R extends Row>(
	requests: (row: R) => ResourceAmounts | undefined,
	limits: (row: R) => ResourceAmounts | undefined,
): ReadonlyArray<Column<R>> => [
	amount(
		'cpu-request',
		['CPUREQ', 'CPU REQUEST'],
		'cores',
		'CPU request, which the scheduler reserves, in cores.',
		row => requests(row)?.cpuCores,
		noRequest('cpuCores'),
	),
	amount(
		'cpu-limit',
		['CPULIM', 'CPU LIMIT'],
		'cores',
		'CPU limit, above which containers are throttled, in cores.',
		row => limits(row)?.cpuCores,
		noLimit('cpuCores'),
	),
	amount(
		'memory-request',
		['MEMREQ', 'MEMORY REQUEST'],
		'bytes',
		'Memory request, which the scheduler reserves.',
		row => requests(row)?.memoryBytes,
		noRequest('memoryBytes'),
	),
	amount(
		'memory-limit',
		['MEMLIM', 'MEMORY LIMIT'],
		'bytes',
		'Memory limit, above which a container is killed.',
		row => limits(row)?.memoryBytes,
		noLimit('memoryBytes'),
	),
];

/** Usage as a share of requests and limits; `whose` says whose these are, where that is not plain. */
export const usedClaims = <R extends Row & Measured>(
	requests: (row: R) => ResourceAmounts | undefined,
	limits: (row: R) => ResourceAmounts | undefined,
	whose = '',
): ReadonlyArray<Column<R>> => [
	share(
		'cpu%request',
		['CPU%R', 'CPU % OF REQUEST'],
		`CPU in use as a share of the request${whose}.`,
		row => ratio(row.cpuCores, requests(row)?.cpuCores),
		cpuOf(noRequest('cpuCores')),
	),
	share(
		'cpu%limit',
		['CPU%L', 'CPU % OF LIMIT'],
		`CPU in use as a share of the limit${whose}; unknown where a container has none.`,
		row => ratio(row.cpuCores, limits(row)?.cpuCores),
		cpuOf(noLimit('cpuCores')),
	),
	share(
		'memory%request',
		['MEM%R', 'MEMORY % OF REQUEST'],
		`Working set as a share of the request${whose}.`,
		row => ratio(row.memoryWorkingSetBytes, requests(row)?.memoryBytes),
		memoryOf(noRequest('memoryBytes')),
	),
	share(
		'memory%limit',
		['MEM%L', 'MEMORY % OF LIMIT'],
		`Working set as a share of the limit${whose}; at 100 % the kernel kills the container.`,
		row => ratio(row.memoryWorkingSetBytes, limits(row)?.memoryBytes),
		memoryOf(noLimit('memoryBytes')),
	),
];
