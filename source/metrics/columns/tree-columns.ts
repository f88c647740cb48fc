import type {Column} from '../model/column.ts';
import {killedForMemory} from '../model/killed-for-memory.ts';
import {networkErrorsOf} from '../model/network-errors.ts';
import type {GroupRow, NamespaceRow, NodeRow, PodRow, TreeRow} from '../model/row.ts';
import {claimsOf} from '../model/row-claims.ts';
import {highestFullnessOf} from '../model/volumes.ts';
import {whyNotRunning} from '../reasons/not-running.ts';
import {firstOf, onlyFor} from '../reasons/reason.ts';
import {unlisted} from '../reasons/unlisted.ts';
import {whyUnread} from '../reasons/unmeasured.ts';
import {age} from './age-columns.ts';
import {claims} from './claim-columns.ts';
import {cluster} from './cluster-column.ts';
import {count, name, text} from './column-kinds.ts';
import {fixed, flexible, type Layout, needingInventory, spare, sparklineColumn} from './display-column.ts';
import {networkErrors} from './network-error-column.ts';
import {STATISTIC_COLUMNS, STATISTIC_LAYOUT} from './statistic-columns.ts';
import {status} from './status-column.ts';
import {ephemeral, volumes} from './storage-columns.ts';
import {cpu, memory, received, rss, sent} from './usage-columns.ts';

/** What all kinds of rows in a tree have. A kind that does not have it shows a dash. */
export const TREE_COLUMNS: ReadonlyArray<Column<TreeRow>> = [
	name(
		'NAME',
		'Nodes, namespaces or groups, what is in them down to containers, and the processes in these where the source lists them.',
	),
	text(
		'namespace',
		'NAMESPACE',
		'The namespace of the pod.',
		({of}) => (of.kind === 'pod' ? of.namespace : undefined),
		onlyFor(['pod'], () => ''),
	),
	count(
		'pods',
		'PODS',
		'How many pods are in it: bound to the node, not finished in the namespace or group.',
		({of}) => {
			switch (of.kind) {
				case 'node':
					return of.bound?.pods ?? of.podCount;
				case 'namespace':
				case 'group':
					return of.podCount;
				case 'pod':
				case 'container':
				case 'process':
					return undefined;
			}
		},
		onlyFor(['node', 'namespace', 'group'], firstOf(whyUnread, 'no node reports its pods')),
	),
	status('The status of the node, pod or container in the API server.'),
	count(
		'restarts',
		['RST', 'RESTARTS'],
		'How often containers were restarted.',
		({of}) => {
			switch (of.kind) {
				case 'node':
				case 'process':
					return undefined;
				case 'namespace':
				case 'group':
					return of.restarts;
				case 'pod':
				case 'container':
					return of.info?.restarts;
			}
		},
		onlyFor(['container', 'pod', 'namespace', 'group'], unlisted('the API server does not report it')),
	),
	text(
		'node',
		'NODE',
		'The node that runs it.',
		({of}) =>
			(of.kind === 'pod' || of.kind === 'container' || of.kind === 'process') && of.node !== ''
				? of.node
				: undefined,
		onlyFor(['pod', 'container'], firstOf(whyNotRunning, 'which node it is on is not known')),
	),
	{...cpu<NodeRow>(), value: ({of}) => of.cpuCores},
	{...memory<NodeRow>(), value: ({of}) => (of.kind === 'process' ? undefined : of.memoryWorkingSetBytes)},
	{...rss<NodeRow>(), value: ({of}) => of.memoryRssBytes},
	{...received<NodeRow>(), value: ({of}) => (hasOwnTraffic(of) ? of.rxBytesPerSecond : undefined)},
	{...sent<NodeRow>(), value: ({of}) => (hasOwnTraffic(of) ? of.txBytesPerSecond : undefined)},
	...claims<TreeRow>(
		({of}) => claimsOf(of).requests,
		({of}) => claimsOf(of).limits,
	),
	age(({of}) => {
		switch (of.kind) {
			case 'node':
			case 'pod':
				return of.info?.createdAtMs ?? of.startTimeMs;
			case 'container':
			case 'process':
				return of.startTimeMs;
			case 'namespace':
			case 'group':
				return undefined;
		}
	}),
	networkErrors<TreeRow>(({of}) =>
		of.kind === 'namespace' || of.kind === 'group'
			? of.networkErrorsPerSecond
			: of.kind === 'process'
				? undefined
				: networkErrorsOf(of),
	),
	ephemeral<TreeRow>(({of}) =>
		of.kind === 'pod' || of.kind === 'namespace' || of.kind === 'group'
			? of.ephemeralStorageUsedBytes
			: undefined,
	),
	volumes<TreeRow>('The fullest volume of the pod, or of the pods of the namespace.', ({of}) =>
		of.kind === 'pod'
			? highestFullnessOf(of.volumes)
			: of.kind === 'namespace' || of.kind === 'group'
				? of.fullestVolumeRatio
				: undefined,
	),
	count(
		'oom-killed',
		['OOM', 'OUT OF MEMORY'],
		'Containers that were OOM-killed when they last ended.',
		({of}) => {
			switch (of.kind) {
				case 'node':
				case 'process':
					return undefined;
				case 'namespace':
				case 'group':
					return of.oomKilled;
				case 'pod':
					return of.info && killedForMemory(of.info.containers).length;
				case 'container':
					return of.info && killedForMemory([of.info]).length;
			}
		},
		onlyFor(['container', 'pod', 'namespace', 'group'], unlisted('no container of it is listed')),
	),
	cluster(),
	...STATISTIC_COLUMNS,
];

/** What only objects have. */
const OF_OBJECTS: ReadonlySet<string> = new Set(['cluster', 'namespace', 'status', 'node', 'age']);

/** Whether groups can have a value of a column. */
export function isOfGroups({id}: Pick<Column, 'id'>): boolean {
	return !OF_OBJECTS.has(id);
}

/** Containers and processes share the network of their pod or node. */
function hasOwnTraffic(of: TreeRow['of']): of is NodeRow | PodRow | NamespaceRow | GroupRow {
	return of.kind !== 'container' && of.kind !== 'process';
}

export const TREE_LAYOUT: Layout = {
	defaults: [
		flexible('name', 0, 24, 64),
		flexible('namespace', 11, 10, 20),
		needingInventory(flexible('status', 3, 9, 24)),
		needingInventory(fixed('restarts', 5, 4)),
		fixed('pods', 4, 5),
		flexible('node', 15, 10, 24),
		fixed('cpu', 1, 5),
		needingInventory(fixed('cpu-request', 12, 6)),
		needingInventory(fixed('cpu-limit', 13, 6)),
		sparklineColumn('cpuCores', 6),
		fixed('memory', 2, 7),
		needingInventory(fixed('memory-request', 10, 7)),
		needingInventory(fixed('memory-limit', 9, 7)),
		sparklineColumn('memoryWorkingSetBytes', 14),
		fixed('net-received', 7, 8),
		fixed('net-sent', 8, 8),
		fixed('age', 16, 5),
	],
	spare: [
		needingInventory(spare('oom-killed', 4, 4)),
		spare('rss', 7),
		spare('volumes%', 4),
		spare('net-errors', 5),
		spare('ephemeral', 7),
	],
	statistics: STATISTIC_LAYOUT,
	measures: [],
	groups: [],
};
