import type {Column} from '../model/column.ts';
import type {ProcessRow} from '../model/row.ts';
import {amount, count, name, text} from './column-kinds.ts';
import {fixed, flexible, type Layout, spare} from './display-column.ts';

export const PROCESS_COLUMNS: ReadonlyArray<Column<ProcessRow>> = [
	count('pid', 'PID', 'The number of the process.', row => row.pid),
	count(
		'ppid',
		['PPID', 'PARENT PID'],
		'The number of the process that started it.',
		row => row.parentPid,
		unreported,
	),
	text(
		'user',
		'USER',
		'The user it runs as, by the machine’s own list of users; else the number.',
		row => row.user,
		unreported,
	),
	text(
		'process-state',
		['S', 'STATE'],
		'R runs or waits for a CPU, S sleeps, D waits for a disk, Z has ended, T is stopped, I is idle.',
		row => row.state,
		unreported,
	),
	amount(
		'cpu',
		'CPU',
		'cores',
		'CPU in use, in cores: since the sample before; from cAdvisor the mean since the process was started.',
		row => row.cpuCores,
		() => 'a rate needs two samples',
	),
	amount(
		'rss',
		['RSS', 'RESIDENT MEMORY'],
		'bytes',
		'Memory of the process that is in RAM, pages of files and shared pages included.',
		row => row.memoryRssBytes,
		unreported,
	),
	{
		id: 'age',
		heading: 'AGE',
		unit: 'durationMs',
		explanation: 'Time since it was started.',
		value: ({startTimeMs}, nowMs) =>
			startTimeMs === undefined ? undefined : Math.max(nowMs - startTimeMs, 0),
		why: unreported,
	},
	text('node', 'NODE', 'The node it runs on.', row => row.node),
	text('namespace', 'NAMESPACE', 'The namespace of its pod.', row => row.container?.pod?.namespace, inNoPod),
	text('pod', 'POD', 'Its pod.', row => row.container?.pod?.name, inNoPod),
	text(
		'container',
		'CONTAINER',
		'Its container, or the service of systemd.',
		row => row.container?.name,
		() => 'it is in no container',
	),
	name('COMMAND', 'The name of its program, at most 15 bytes.'),
	text(
		'arguments',
		'COMMAND LINE',
		'The program and its arguments: on the screen of this machine alone, and in the file that S writes of it, since they may be secrets.',
		row => row.commandLine,
		() => 'only the screen of --source local shows it',
	),
];

function unreported(): string {
	return 'the source does not report it';
}

function inNoPod(): string {
	return 'it is in no pod';
}

export const PROCESS_LAYOUT: Layout = {
	defaults: [
		fixed('pid', 1, 7),
		flexible('user', 4, 8, 16),
		fixed('process-state', 7, 1),
		fixed('cpu', 2, 5),
		fixed('rss', 3, 7),
		fixed('age', 8, 5),
		flexible('node', 9, 10, 24),
		flexible('container', 5, 12, 40),
		flexible('name', 0, 15, 16),
		flexible('arguments', 6, 12, 200),
	],
	spare: [spare('ppid', 7), spare('pod', 14, 40), spare('namespace', 10, 20)],
	statistics: [],
	measures: ['cpu', 'rss'],
	groups: ['user', 'container', 'node'],
};
