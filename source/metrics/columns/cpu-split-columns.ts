import type {Column} from '../model/column.ts';
import type {Row, Usage} from '../model/row.ts';
import {firstOf} from '../reasons/reason.ts';
import {unmeasured, whyNoRate, whyNotInSummary} from '../reasons/unmeasured.ts';
import {amount} from './column-kinds.ts';

const notSplit = unmeasured(firstOf(whyNotInSummary(['node', 'pod', 'container']), whyNoRate));

/** What of the CPU in use is user code, and what the kernel. */
export const cpuSplit = <R extends Row & Usage>(): ReadonlyArray<Column<R>> => [
	amount(
		'cpu-user',
		['CPUUSR', 'CPU USER'],
		'cores',
		'CPU in use by programs themselves, in cores: of this machine and of cAdvisor.',
		row => row.cpuSplit?.user,
		notSplit,
	),
	amount(
		'cpu-system',
		['CPUSYS', 'CPU SYSTEM'],
		'cores',
		'CPU in use by the kernel for programs, interrupts included, in cores: of this machine and of cAdvisor.',
		row => row.cpuSplit?.system,
		notSplit,
	),
];
