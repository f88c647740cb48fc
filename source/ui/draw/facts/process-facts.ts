import type {ContainerRow, ProcessRow} from '../../../metrics/model/row.ts';
import {formatBytes, formatCores, formatDuration, UNKNOWN} from '../../format/numbers.ts';
import {type FactsContext, fact, orUnknown} from './fact.ts';
import type {Fact} from './fact-columns.ts';

/** The words for the letters of `ps`. */
const STATES: Readonly<Record<string, string>> = {
	R: 'runs or waits for a CPU',
	S: 'sleeps',
	D: 'waits for a disk',
	Z: 'has ended, and its parent has not asked how',
	T: 'stopped',
	t: 'stopped by a debugger',
	I: 'idle',
};

export function processFacts(row: ProcessRow, {nowMs}: FactsContext): readonly Fact[] {
	return [
		fact('Command', row.commandLine ?? row.name),
		fact('State', STATES[row.state ?? ''] ?? row.state ?? UNKNOWN),
		fact('User', row.user ?? UNKNOWN),
		fact('CPU', `${orUnknown(row.cpuCores, formatCores)} cores`),
		fact('RSS', orUnknown(row.memoryRssBytes, formatBytes)),
		fact(
			'Started',
			orUnknown(row.startTimeMs, startMs => `${formatDuration(Math.max(nowMs - startMs, 0))} ago`),
		),
		fact('Parent', orUnknown(row.parentPid, String)),
		fact('Container', row.container === undefined ? 'none' : nameOf(row.container)),
	];
}

function nameOf({pod, name}: ContainerRow): string {
	return pod === undefined ? name : `${pod.namespace}/${pod.name}/${name}`;
}
