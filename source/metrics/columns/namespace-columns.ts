import type {Column} from '../model/column.ts';
import type {NamespaceRow} from '../model/row.ts';
import {cluster} from './cluster-column.ts';
import {name} from './column-kinds.ts';
import {fixed, flexible, type Layout, needingInventory, spare, sparklineColumn} from './display-column.ts';
import {podSums} from './pod-sum-columns.ts';
import {STATISTIC_COLUMNS, STATISTIC_LAYOUT} from './statistic-columns.ts';

export const NAMESPACE_COLUMNS: ReadonlyArray<Column<NamespaceRow>> = [
	name('NAMESPACE', 'The namespace.'),
	...podSums<NamespaceRow>(),
	cluster(),
	...STATISTIC_COLUMNS,
];

export const NAMESPACE_LAYOUT: Layout = {
	defaults: [
		flexible('name', 0, 16, 50),
		fixed('pods', 3, 5),
		fixed('containers', 13, 5),
		fixed('cpu', 1, 5),
		needingInventory(fixed('cpu-request', 7, 6)),
		needingInventory(fixed('cpu%request', 11, 5)),
		needingInventory(fixed('cpu-limit', 9, 6)),
		sparklineColumn('cpuCores', 4),
		fixed('memory', 2, 7),
		needingInventory(fixed('memory-request', 8, 7)),
		needingInventory(fixed('memory%request', 12, 5)),
		needingInventory(fixed('memory-limit', 10, 7)),
		sparklineColumn('memoryWorkingSetBytes', 14),
		fixed('rss', 16, 7),
		fixed('net-received', 5, 8),
		fixed('net-sent', 6, 8),
		sparklineColumn('rxBytesPerSecond', 15),
	],
	spare: [
		needingInventory(spare('restarts', 4, 4)),
		needingInventory(spare('oom-killed', 4, 4)),
		needingInventory(spare('gpu-request', 6)),
		spare('volumes%', 4),
		spare('net-errors', 5),
		spare('ephemeral', 7),
		needingInventory(spare('cpu%limit', 5)),
		needingInventory(spare('memory%limit', 5)),
	],
	statistics: STATISTIC_LAYOUT,
	measures: [
		'cpu',
		'memory',
		'cpu%request',
		'memory%request',
		'net-received',
		'net-sent',
		'pods',
		'restarts',
	],
	groups: [],
};
