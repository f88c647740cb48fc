import type {Column} from '../model/column.ts';
import type {Row, Usage} from '../model/row.ts';
import {firstOf} from '../reasons/missing.ts';
import {rateUnmeasured, unmeasured, whyNotInSummary} from '../reasons/why-unmeasured.ts';
import {amount, count, perSecond} from './column-kinds.ts';

/** Page faults, swap and processes. */
export const faults = <R extends Row & Usage>(): ReadonlyArray<Column<R>> => [
	perSecond(
		'faults',
		'FLT/s',
		'Page faults a second, most of which cost little.',
		row => row.pageFaultsPerSecond,
		rateUnmeasured,
	),
	perSecond(
		'major-faults',
		'MAJ/s',
		'Major page faults a second: each waited for a disk. Many of them are thrashing.',
		row => row.majorPageFaultsPerSecond,
		rateUnmeasured,
	),
	amount(
		'swap',
		'SWAP',
		'bytes',
		'Swap in use.',
		row => row.swapUsageBytes,
		unmeasured('the node tells no swap: kubelets do since 1.28, where swap is switched on'),
	),
	count(
		'processes',
		'PROC',
		'Processes.',
		row => row.processCount,
		unmeasured(firstOf(whyNotInSummary(['container']), 'what the node sends does not count its processes')),
	),
];
