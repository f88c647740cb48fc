import type {Column, ObjectRow, Why} from '../model/column.ts';
import type {ResourceAmounts} from '../model/inventory.ts';
import {ratio} from '../model/ratio.ts';
import type {Row} from '../model/row.ts';
import {cpuUnmeasured, memoryUnmeasured} from '../reasons/why-unmeasured.ts';
import {noLimit, noRequest} from '../reasons/why-unset.ts';
import {amount, share} from './column-kinds.ts';
import type {Measured} from './usage-columns.ts';

/** Requests and limits, and what is in use of them. */

/** Of a share: what is used is unknown, or else what it is measured against. */
const partOf =
	(part: (row: ObjectRow) => number | undefined, whyNoPart: Why) =>
	(whyNoWhole: Why): Why =>
	(row, around) =>
		(part(row) === undefined ? whyNoPart : whyNoWhole)(row, around);
export const cpuOf = partOf(row => row.cpuCores, cpuUnmeasured);
export const memoryOf = partOf(row => row.memoryWorkingSetBytes, memoryUnmeasured);

/** What is asked for and what is allowed. A limit or request that is not stated is unknown, as no number is right. */
export const claims = <R extends Row>(
	requests: (row: R) => ResourceAmounts | undefined,
	limits: (row: R) => ResourceAmounts | undefined,
): ReadonlyArray<Column<R>> => [
	amount(
		'cpu-request',
		'CPUREQ',
		'cores',
		'CPU that is requested, and so reserved, in cores.',
		row => requests(row)?.cpuCores,
		noRequest('cpuCores'),
	),
	amount(
		'cpu-limit',
		'CPULIM',
		'cores',
		'The limit above which CPU is throttled, in cores.',
		row => limits(row)?.cpuCores,
		noLimit('cpuCores'),
	),
	amount(
		'memory-request',
		'MEMREQ',
		'bytes',
		'Memory that is requested, and so reserved.',
		row => requests(row)?.memoryBytes,
		noRequest('memoryBytes'),
	),
	amount(
		'memory-limit',
		'MEMLIM',
		'bytes',
		'The limit above which a container is killed.',
		row => limits(row)?.memoryBytes,
		noLimit('memoryBytes'),
	),
];

/** What is used of what was asked for and of what is allowed. */
export const usedClaims = <R extends Row & Measured>(
	requests: (row: R) => ResourceAmounts | undefined,
	limits: (row: R) => ResourceAmounts | undefined,
): ReadonlyArray<Column<R>> => [
	share(
		'cpu%request',
		'CPU%R',
		'CPU in use of the request; unknown without one.',
		row => ratio(row.cpuCores, requests(row)?.cpuCores),
		cpuOf(noRequest('cpuCores')),
	),
	share(
		'cpu%limit',
		'CPU%L',
		'CPU in use of the limit; unknown without one, or where a container has none.',
		row => ratio(row.cpuCores, limits(row)?.cpuCores),
		cpuOf(noLimit('cpuCores')),
	),
	share(
		'memory%request',
		'MEM%R',
		'Working set of the request; unknown without one.',
		row => ratio(row.memoryWorkingSetBytes, requests(row)?.memoryBytes),
		memoryOf(noRequest('memoryBytes')),
	),
	share(
		'memory%limit',
		'MEM%L',
		'Working set of the limit; at 100 % the kernel kills the container. Unknown without a limit.',
		row => ratio(row.memoryWorkingSetBytes, limits(row)?.memoryBytes),
		memoryOf(noLimit('memoryBytes')),
	),
];
