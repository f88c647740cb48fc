import type {Column} from '../model/column.ts';
import type {Row, Usage} from '../model/row.ts';
import {firstOf} from '../reasons/reason.ts';
import {rateUnmeasured, unmeasured, whyNotInSummary} from '../reasons/unmeasured.ts';
import {amount, count, perSecond} from './column-kinds.ts';

/** Page faults, swap and processes. */
export const faults = <R extends Row & Usage>(): ReadonlyArray<Column<R>> => [
	perSecond(
		'faults',
		['FLT/s', 'PAGE FAULTS/S'],
		'Page faults per second; minor ones are cheap.',
		row => row.pageFaultsPerSecond,
		rateUnmeasured,
	),
	perSecond(
		'major-faults',
		['MAJ/s', 'MAJOR FAULTS/S'],
		'Major page faults per second: each waits for a disk. Many of them mean thrashing.',
		row => row.majorPageFaultsPerSecond,
		rateUnmeasured,
	),
	amount(
		'swap',
		'SWAP',
		'bytes',
		'Swap in use.',
		row => row.swapUsageBytes,
		unmeasured('the node does not report swap: kubelets since 1.28 do where swap is enabled'),
	),
	count(
		'processes',
		['PROC', 'PROCESSES'],
		'Number of processes.',
		row => row.processCount,
		unmeasured(firstOf(whyNotInSummary(['container']), 'the samples of the node do not count its processes')),
	),
];
