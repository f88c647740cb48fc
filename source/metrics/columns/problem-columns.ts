import type {Column} from '../model/column.ts';
import type {ProblemRow} from '../model/row.ts';
import {cluster} from './cluster-column.ts';
import {name, text} from './column-kinds.ts';
import {fixed, flexible, type Layout, narrowable, spare} from './display-column.ts';

export const PROBLEM_COLUMNS: ReadonlyArray<Column<ProblemRow>> = [
	{
		id: 'level',
		heading: 'LEVEL',
		unit: 'status',
		explanation:
			'critical: it does not run, or is about to be killed or evicted (95 % of memory or room); warning: it runs, but badly.',
		value: row => row.level,
	},
	text(
		'reason',
		'REASON',
		'The word of the API server, such as CrashLoopBackOff, or of the list of events, such as memory of limit.',
		row => row.reason,
	),
	text('kind', 'KIND', 'What it is about: a node, pod or container.', row => row.of.kind),
	text(
		'namespace',
		'NAMESPACE',
		'The namespace of the pod.',
		row => row.namespace,
		() => 'nodes are in no namespace',
	),
	name('WHERE', 'The node, pod or container, and the container of a pod of several.'),
	text(
		'node',
		'NODE',
		'The node it is on.',
		({of}) => (of.kind === 'node' ? of.name : of.node === '' ? undefined : of.node),
		() => 'it is on no node',
	),
	{
		id: 'since',
		heading: 'SINCE',
		unit: 'durationMs',
		explanation:
			'Time since it began, or since it last happened: by the API server, or for a node that is not read by ktop.',
		value: ({sinceMs}, nowMs) => (sinceMs === undefined ? undefined : Math.max(nowMs - sinceMs, 0)),
		why: () => 'nothing says since when',
	},
	text('message', 'MESSAGE', 'The message of the API server, or the figure.', row => row.message),
	cluster(),
];

export const PROBLEM_LAYOUT: Layout = {
	defaults: [
		fixed('level', 0, 8),
		flexible('reason', 1, 15, 28),
		narrowable(flexible('name', 2, 20, 60), 12),
		fixed('since', 3, 5),
		flexible('node', 5, 10, 24),
		flexible('message', 4, 16, 200),
	],
	spare: [spare('kind', 9), spare('namespace', 10, 20)],
	statistics: [],
	measures: [],
	groups: [],
};
