import type {Column} from '../model/column.ts';
import {runningContainers} from '../model/counts.ts';
import {fullestOf} from '../model/fullness.ts';
import {networkErrorsOf} from '../model/network-errors.ts';
import {podLimits} from '../model/pod-limits.ts';
import {ratio} from '../model/ratio.ts';
import {readiness} from '../model/readiness.ts';
import type {PodRow} from '../model/row.ts';
import {lastTermination} from '../model/status.ts';
import {highestFullnessOf, highestInodeRatioOf} from '../model/volumes.ts';
import {whyNotRunning} from '../reasons/not-running.ts';
import {firstOf} from '../reasons/reason.ts';
import {unlisted} from '../reasons/unlisted.ts';
import {whyUnread} from '../reasons/unmeasured.ts';
import {age, sampleAge} from './age-columns.ts';
import {claims, usedClaims} from './claim-columns.ts';
import {cluster} from './cluster-column.ts';
import {count, name, share, text} from './column-kinds.ts';
import {cpuSplit} from './cpu-split-columns.ts';
import {fixed, flexible, type Layout, needingInventory, spare, sparklineColumn} from './display-column.ts';
import {faults} from './fault-columns.ts';
import {gpuRequest} from './gpu-columns.ts';
import {killed} from './killed-columns.ts';
import {networkErrors} from './network-error-column.ts';
import {pressure} from './pressure-columns.ts';
import {STATISTIC_COLUMNS, STATISTIC_LAYOUT} from './statistic-columns.ts';
import {status} from './status-column.ts';
import {ephemeral, ephemeralUnmeasured, noVolume, volumes} from './storage-columns.ts';
import {cpu, memory, received, rss, sent} from './usage-columns.ts';

const noEphemeralLimit = unlisted('no container of it has a limit of ephemeral storage');
const noEnd = unlisted('no container has ended yet');

export const POD_COLUMNS: ReadonlyArray<Column<PodRow>> = [
	text('namespace', 'NAMESPACE', 'The namespace of the pod.', row => row.namespace),
	name('POD', 'The name of the pod.'),
	text(
		'ready',
		'READY',
		'Ready containers of all containers.',
		row => row.info && readiness(row.info.containers),
		unlisted('none of its containers is listed'),
	),
	status('The STATUS of kubectl get pods: its phase, or the reason why it is not running.'),
	count(
		'restarts',
		['RST', 'RESTARTS'],
		'How often its containers were restarted.',
		row => row.info?.restarts,
		unlisted('the API server does not report it'),
	),
	text(
		'node',
		'NODE',
		'The node that runs the pod.',
		row => row.node || undefined,
		firstOf(whyNotRunning, 'which node it is on is not known'),
	),
	cpu(),
	memory(),
	rss(),
	received(),
	sent(),
	...usedClaims<PodRow>(row => row.info?.requests, podLimits),
	...claims<PodRow>(row => row.info?.requests, podLimits),
	gpuRequest<PodRow>(row => row.info?.extendedRequests),
	count(
		'containers',
		['CONT', 'CONTAINERS'],
		'Running containers of the pod.',
		row => runningContainers(row),
		firstOf(whyUnread, 'the node reports no containers of it'),
	),
	text(
		'workload',
		'WORKLOAD',
		'The controller of the pod: a Deployment, StatefulSet, DaemonSet or Job.',
		row => row.info?.workload && `${row.info.workload.kind}/${row.info.workload.name}`,
		unlisted('it has no controller'),
	),
	text(
		'qos',
		['QOS', 'QUALITY OF SERVICE'],
		'The class that decides who is evicted first: BestEffort, Burstable, Guaranteed.',
		row => row.info?.qosClass,
		unlisted('the API server does not list it yet'),
	),
	age(row => row.info?.createdAtMs ?? row.startTimeMs),
	sampleAge(),
	...pressure<PodRow>(),
	volumes<PodRow>(
		'The fullest volume of the pod: the share of its size that is not available, which is more than its own use where it shares a disk.',
		row => highestFullnessOf(row.volumes),
	),
	share(
		'volume-inodes%',
		['VINO%', 'VOLUME INODES %'],
		'The volume of the pod with the fewest inodes left.',
		row => highestInodeRatioOf(row.volumes),
		noVolume('none of its volumes reports inodes'),
	),
	text(
		'volume',
		'VOLUME',
		'The fullest volume: its claim, or its name.',
		row => {
			const volume = fullestOf(row.volumes);
			return volume?.claim?.name ?? volume?.name;
		},
		noVolume('no volume reports its size'),
	),
	ephemeral<PodRow>(row => row.ephemeralStorageUsedBytes),
	share(
		'ephemeral%',
		['EPH%', 'EPHEMERAL STORAGE %'],
		'Ephemeral storage in use of the limit of the pod, which is the sum of its containers’ limits: above it the pod is evicted.',
		row => ratio(row.ephemeralStorageUsedBytes, row.info?.ephemeralStorageLimitBytes),
		(row, around) =>
			row.kind === 'pod' && row.ephemeralStorageUsedBytes === undefined
				? ephemeralUnmeasured(row, around)
				: noEphemeralLimit(row, around),
	),
	networkErrors<PodRow>(networkErrorsOf),
	...faults<PodRow>(),
	text(
		'last',
		'LAST END',
		'Why a container of the pod last ended.',
		row => row.info?.containers.map(container => lastTermination(container)).find(end => end !== undefined),
		noEnd,
	),
	killed<PodRow>('Containers that were OOM-killed when they last ended.', row => row.info?.containers ?? []),
	...cpuSplit<PodRow>(),
	cluster(),
	...STATISTIC_COLUMNS,
];

export const POD_LAYOUT: Layout = {
	defaults: [
		flexible('namespace', 3, 10, 20),
		flexible('name', 0, 18, 60),
		needingInventory(fixed('ready', 6, 5)),
		needingInventory(flexible('status', 4, 9, 24)),
		needingInventory(fixed('restarts', 5, 4)),
		flexible('node', 12, 10, 24),
		fixed('cpu', 1, 5),
		needingInventory(fixed('cpu%request', 14, 5)),
		needingInventory(fixed('cpu%limit', 16, 5)),
		sparklineColumn('cpuCores', 7),
		fixed('memory', 2, 7),
		needingInventory(fixed('memory%request', 15, 5)),
		needingInventory(fixed('memory%limit', 13, 5)),
		sparklineColumn('memoryWorkingSetBytes', 11),
		fixed('rss', 20, 7),
		fixed('net-received', 8, 8),
		fixed('net-sent', 9, 8),
		sparklineColumn('rxBytesPerSecond', 17),
		fixed('containers', 21, 5),
		needingInventory(flexible('workload', 18, 14, 34)),
		needingInventory(flexible('qos', 19, 10, 10)),
		fixed('age', 10, 5),
	],
	spare: [
		spare('volumes%', 4),
		spare('volume-inodes%', 5),
		needingInventory(spare('gpu-request', 6)),
		needingInventory(spare('last', 13, 18)),
		needingInventory(spare('oom', 8, 16)),
		spare('psi-cpu', 5),
		spare('psi-memory', 5),
		spare('psi-io', 6),
		needingInventory(spare('ephemeral%', 4, 4)),
		spare('ephemeral', 7),
		spare('cpu-user', 6),
		spare('cpu-system', 6),
		spare('net-errors', 5),
		spare('major-faults', 5),
		spare('faults', 6),
		spare('volume', 10, 24),
		spare('swap', 7),
		spare('processes', 5),
		spare('data-age', 5),
		needingInventory(spare('cpu-request', 6)),
		needingInventory(spare('cpu-limit', 6)),
		needingInventory(spare('memory-request', 7)),
		needingInventory(spare('memory-limit', 7)),
	],
	statistics: STATISTIC_LAYOUT,
	measures: [
		'cpu',
		'memory',
		'cpu%limit',
		'memory%limit',
		'volumes%',
		'psi-cpu',
		'psi-memory',
		'psi-io',
		'net-received',
		'net-sent',
		'restarts',
	],
	groups: ['namespace', 'node', 'workload', 'cluster'],
};
