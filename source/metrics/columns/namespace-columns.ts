import type {Column} from '../model/column.ts';
import {sumLimits} from '../model/pod-limits.ts';
import type {NamespaceRow} from '../model/row.ts';
import {firstOf} from '../reasons/reason.ts';
import {unlisted} from '../reasons/unlisted.ts';
import {whyUnread} from '../reasons/unmeasured.ts';
import {claims, usedClaims} from './claim-columns.ts';
import {count, name} from './column-kinds.ts';
import {fixed, flexible, type Layout, needingInventory, spare, sparklineColumn} from './display-column.ts';
import {networkErrors} from './network-error-column.ts';
import {ephemeral, volumes} from './storage-columns.ts';
import {cpu, memory, received, rss, sent} from './usage-columns.ts';

export const NAMESPACE_COLUMNS: ReadonlyArray<Column<NamespaceRow>> = [
	name('NAMESPACE', 'The namespace.'),
	count(
		'pods',
		'PODS',
		'Pods of the namespace that are not finished. One that has no node yet does not count.',
		row => row.podCount,
	),
	count(
		'containers',
		['CONT', 'CONTAINERS'],
		'Running containers of the namespace.',
		row => row.containerCount,
		firstOf(whyUnread, 'no node reports the containers of its pods'),
	),
	cpu(),
	memory(),
	rss(),
	received(),
	sent(),
	...usedClaims<NamespaceRow>(row => row.bound?.requests, sumLimits),
	...claims<NamespaceRow>(row => row.bound?.requests, sumLimits),
	count(
		'restarts',
		['RST', 'RESTARTS'],
		'How often containers of its pods were restarted.',
		row => row.restarts,
		unlisted('none of its pods is listed'),
	),
	count(
		'oom-killed',
		['OOM', 'OUT OF MEMORY'],
		'Containers that were OOM-killed when they last ended.',
		row => row.oomKilled,
		unlisted('none of its pods is listed'),
	),
	networkErrors<NamespaceRow>(row => row.networkErrorsPerSecond),
	ephemeral<NamespaceRow>(row => row.ephemeralStorageUsedBytes),
	volumes<NamespaceRow>(
		'The fullest volume of its pods: the share of its size that is not available, which is more than its own use where it shares a disk.',
		row => row.fullestVolumeRatio,
	),
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
		spare('volumes%', 4),
		spare('net-errors', 5),
		spare('ephemeral', 7),
	],
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
