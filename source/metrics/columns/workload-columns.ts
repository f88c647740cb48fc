import type {Column} from '../model/column.ts';
import type {WorkloadRow} from '../model/row.ts';
import {firstOf} from '../reasons/reason.ts';
import {unlisted} from '../reasons/unlisted.ts';
import {cpuUnmeasured, memoryUnmeasured} from '../reasons/unmeasured.ts';
import {age} from './age-columns.ts';
import {cluster} from './cluster-column.ts';
import {amount, count, name, share, text} from './column-kinds.ts';
import {fixed, flexible, type Layout, needingInventory, spare, sparklineColumn} from './display-column.ts';
import {noneListed, podSums} from './pod-sum-columns.ts';
import {STATISTIC_COLUMNS, STATISTIC_LAYOUT} from './statistic-columns.ts';

/** The kinds that want a number of pods, which the API server tells. */
const COUNTED: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

export const WORKLOAD_COLUMNS: ReadonlyArray<Column<WorkloadRow>> = [
	text('namespace', 'NAMESPACE', 'The namespace of its pods.', row => row.namespace),
	name(
		'WORKLOAD',
		'What runs the pods: their controller by owner references, or the pod itself if it has none.',
	),
	text(
		'kind',
		'KIND',
		'Deployment, StatefulSet, DaemonSet, Job, CronJob or another controller; Pod for one without, StaticPod for those of kubelets. A Deployment is known by the template hash in the names of its ReplicaSets, a CronJob by the minute in those of its Jobs.',
		row => row.workloadKind,
		unlisted('its pod is not listed'),
	),
	text(
		'ready',
		'READY',
		'Ready pods of those that its controller wants, or of those that exist and are not finished where that is not known.',
		row => row.ready && `${row.ready.pods}/${row.wantedPods ?? row.ready.of}`,
		noneListed,
	),
	count(
		'unready',
		['UNREADY', 'NOT READY'],
		'Pods that its controller wants, or that exist and are not finished where that is not known, and that are not ready.',
		row => row.ready && Math.max((row.wantedPods ?? row.ready.of) - row.ready.pods, 0),
		noneListed,
	),
	count(
		'wanted',
		['WANT', 'WANTED PODS'],
		'How many pods its controller wants: the replicas of a Deployment or StatefulSet, and the nodes that a DaemonSet selects.',
		row => row.wantedPods,
		unlisted(row =>
			row.kind === 'workload' && COUNTED.has(row.workloadKind ?? '')
				? 'its controller is not listed; ktop rbac --workloads prints the right to'
				: 'only Deployments, StatefulSets and DaemonSets keep a number of pods',
		),
	),
	...podSums<WorkloadRow>(),
	amount(
		'highest-cpu',
		['MAXCPU', 'HIGHEST CPU'],
		'cores',
		'The CPU in use of the pod that uses the most.',
		row => row.highest.cpuCores,
		cpuUnmeasured,
	),
	amount(
		'highest-memory',
		['MAXMEM', 'HIGHEST MEMORY'],
		'bytes',
		'The working set of the pod that uses the most memory.',
		row => row.highest.memoryBytes,
		memoryUnmeasured,
	),
	share(
		'highest-memory%limit',
		['MAX%L', 'HIGHEST % OF LIMIT'],
		'The highest share of its memory limit that a pod uses: at 100 % the kernel kills a container.',
		row => row.highest.memoryLimitRatio,
		firstOf(
			row =>
				row.kind === 'workload' && row.highest.memoryBytes !== undefined ? undefined : whyNoMemory(row),
			unlisted('no pod of it has a memory limit'),
		),
	),
	text(
		'fullest',
		['FULLEST', 'FULLEST POD'],
		'The pod that uses the most memory.',
		row => row.highest.pod,
		memoryUnmeasured,
	),
	age(row => row.createdAtMs),
	cluster(),
	...STATISTIC_COLUMNS,
];

function whyNoMemory(row: {readonly kind: string}): string | undefined {
	return row.kind === 'workload' ? 'the memory of none of its pods is known' : undefined;
}

export const WORKLOAD_LAYOUT: Layout = {
	defaults: [
		flexible('namespace', 6, 10, 20),
		flexible('name', 0, 16, 50),
		needingInventory(flexible('kind', 5, 10, 16)),
		needingInventory(fixed('ready', 3, 7)),
		needingInventory(fixed('restarts', 4, 5)),
		fixed('cpu', 1, 5),
		needingInventory(fixed('cpu%request', 12, 5)),
		needingInventory(fixed('cpu-request', 16, 6)),
		needingInventory(fixed('cpu%limit', 18, 5)),
		sparklineColumn('cpuCores', 7),
		fixed('memory', 2, 7),
		needingInventory(fixed('memory%request', 13, 5)),
		needingInventory(fixed('memory-request', 17, 7)),
		needingInventory(fixed('memory%limit', 14, 5)),
		sparklineColumn('memoryWorkingSetBytes', 15),
		fixed('highest-memory', 8, 7),
		needingInventory(fixed('highest-memory%limit', 9, 5)),
		fixed('net-received', 10, 8),
		fixed('net-sent', 11, 8),
		needingInventory(fixed('age', 19, 5)),
	],
	spare: [
		needingInventory(spare('oom-killed', 4)),
		needingInventory(spare('gpu-request', 6)),
		spare('highest-cpu', 6),
		spare('fullest', 14, 40),
		needingInventory(spare('cpu-limit', 6)),
		needingInventory(spare('memory-limit', 7)),
		spare('pods', 5),
		spare('containers', 5),
		spare('rss', 7),
		spare('volumes%', 4),
		spare('net-errors', 5),
		spare('ephemeral', 7),
		needingInventory(spare('unready', 7)),
		needingInventory(spare('wanted', 4)),
	],
	statistics: STATISTIC_LAYOUT,
	measures: ['cpu', 'memory', 'cpu%limit', 'memory%limit', 'unready', 'net-received', 'net-sent', 'restarts'],
	groups: ['namespace', 'kind', 'cluster'],
};
