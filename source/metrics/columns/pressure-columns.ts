import type {Column} from '../model/column.ts';
import type {Row, Usage} from '../model/row.ts';
import {pressureUnmeasured} from '../reasons/unmeasured.ts';
import {share} from './column-kinds.ts';

function percent(value: number | undefined): number | undefined {
	return value === undefined ? undefined : value / 100;
}

/** Pressure stall information (PSI) of the kernel. */
export const pressure = <R extends Row & Usage>(): ReadonlyArray<Column<R>> => [
	share(
		'psi-cpu',
		['PSI-C', 'PRESSURE CPU'],
		'Pressure: share of the last 10 s in which some task waited for CPU.',
		row => percent(row.pressure?.cpuSomePercent),
		pressureUnmeasured,
	),
	share(
		'psi-memory',
		['PSI-M', 'PRESSURE MEMORY'],
		'Pressure: share of the last 10 s in which some task waited for memory.',
		row => percent(row.pressure?.memorySomePercent),
		pressureUnmeasured,
	),
	share(
		'psi-io',
		['PSI-IO', 'PRESSURE DISK'],
		'Pressure: share of the last 10 s in which some task waited for a disk.',
		row => percent(row.pressure?.ioSomePercent),
		pressureUnmeasured,
	),
];
