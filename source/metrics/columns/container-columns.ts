import type {Column, Why} from '../model/column.ts';
import {memoryLeft} from '../model/memory-left.ts';
import type {ContainerRow} from '../model/row.ts';
import {containerLimits} from '../model/row-claims.ts';
import {lastTermination} from '../model/status.ts';
import {whyNotRunning} from '../reasons/not-running.ts';
import {firstOf} from '../reasons/reason.ts';
import {noLimit, unlisted} from '../reasons/unlisted.ts';
import {throttlingUnmeasured, unmeasured} from '../reasons/unmeasured.ts';
import {age, sampleAge} from './age-columns.ts';
import {claims, usedClaims} from './claim-columns.ts';
import {cluster} from './cluster-column.ts';
import {amount, count, name, text} from './column-kinds.ts';
import {cpuSplit} from './cpu-split-columns.ts';
import {fixed, flexible, type Layout, needingInventory, spare, sparklineColumn} from './display-column.ts';
import {faults} from './fault-columns.ts';
import {gpuRequest} from './gpu-columns.ts';
import {killed} from './killed-columns.ts';
import {pressure} from './pressure-columns.ts';
import {STATISTIC_COLUMNS, STATISTIC_LAYOUT} from './statistic-columns.ts';
import {status} from './status-column.ts';
import {cpu, memory, rss} from './usage-columns.ts';

const inNoPod: Why = () => 'it is in no pod: a service, a system daemon or a container without Kubernetes';

export const CONTAINER_COLUMNS: ReadonlyArray<Column<ContainerRow>> = [
	text('namespace', 'NAMESPACE', 'The namespace of its pod.', row => row.pod?.namespace, inNoPod),
	text('pod', 'POD', 'The pod of the container.', row => row.pod?.name, inNoPod),
	name('CONTAINER', 'The name of the container or service.'),
	status('Running, or why it is not running.'),
	count(
		'restarts',
		['RST', 'RESTARTS'],
		'How often the container was restarted.',
		row => row.info?.restarts,
		unlisted('the API server does not report it'),
	),
	text(
		'last',
		'LAST END',
		'Why the container last ended, and its exit code.',
		row => row.info && lastTermination(row.info),
		unlisted('it has not ended yet'),
	),
	text(
		'node',
		'NODE',
		'The node that runs the container.',
		row => row.node || undefined,
		firstOf(whyNotRunning, 'which node it is on is not known'),
	),
	cpu(),
	memory(),
	...usedClaims<ContainerRow>(row => row.info?.requests, containerLimits),
	...claims<ContainerRow>(row => row.info?.requests, containerLimits),
	gpuRequest<ContainerRow>(row => row.info?.extendedRequests),
	rss(),
	{
		id: 'throttled',
		heading: 'THR%',
		fullHeading: 'THROTTLED %',
		unit: 'ratio',
		explanation:
			'Share of the scheduler periods in which the CPU limit stopped the container; its chart is THROTTLED.',
		value: row => row.throttledRatio,
		series: 'throttledRatio',
		why: throttlingUnmeasured,
	},
	text('kind', 'KIND', 'A container (init, sidecar), a service, or a system daemon.', row =>
		row.info === undefined || row.info.kind === 'app' ? row.containerKind : row.info.kind,
	),
	text(
		'image',
		'IMAGE',
		'The image of the container.',
		row => row.info?.image ?? row.image,
		unlisted('neither the API server nor the node reports it'),
	),
	age(row => row.startTimeMs),
	sampleAge(),
	...pressure<ContainerRow>(),
	amount(
		'memory-left',
		['MEMLEFT', 'MEMORY LEFT'],
		'bytes',
		'What is left below the memory limit.',
		memoryLeft,
		firstOf(
			(row, around) =>
				row.kind === 'container' && row.memoryLimitBytes === undefined
					? noLimit('memoryBytes')(row, around)
					: undefined,
			unmeasured('the newest sample does not contain its memory'),
		),
	),
	amount(
		'rootfs',
		['ROOTFS', 'ROOT FILESYSTEM'],
		'bytes',
		'Bytes written to the writable layer of the container.',
		row => row.rootFilesystemUsedBytes,
		unmeasured('the node does not report it'),
	),
	amount(
		'logs',
		'LOGS',
		'bytes',
		'Size of its logs.',
		row => row.logUsedBytes,
		unmeasured('the node does not report it'),
	),
	...faults<ContainerRow>(),
	killed<ContainerRow>('Whether it was OOM-killed when it last ended.', row =>
		row.info === undefined ? [] : [row.info],
	),
	...cpuSplit<ContainerRow>(),
	cluster(),
	...STATISTIC_COLUMNS,
];

export const CONTAINER_LAYOUT: Layout = {
	defaults: [
		flexible('namespace', 10, 9, 20),
		flexible('pod', 3, 14, 50),
		flexible('name', 0, 12, 32),
		needingInventory(flexible('status', 4, 9, 20)),
		needingInventory(fixed('restarts', 5, 4)),
		needingInventory(flexible('last', 14, 13, 18)),
		flexible('node', 13, 10, 24),
		fixed('cpu', 1, 5),
		fixed('cpu%limit', 7, 5),
		needingInventory(fixed('cpu-request', 18, 6)),
		fixed('cpu-limit', 17, 6),
		sparklineColumn('cpuCores', 8),
		fixed('memory', 2, 7),
		fixed('memory%limit', 6, 5),
		needingInventory(fixed('memory-request', 16, 7)),
		fixed('memory-limit', 15, 7),
		sparklineColumn('memoryWorkingSetBytes', 11),
		fixed('rss', 19, 7),
		fixed('throttled', 9, 5),
		flexible('kind', 20, 9, 9),
		fixed('age', 12, 5),
	],
	spare: [
		spare('memory-left', 7),
		needingInventory(spare('gpu-request', 6)),
		needingInventory(spare('oom', 8, 16)),
		spare('psi-cpu', 5),
		spare('psi-memory', 5),
		spare('psi-io', 6),
		spare('cpu-user', 6),
		spare('cpu-system', 6),
		spare('major-faults', 5),
		spare('faults', 6),
		spare('rootfs', 7),
		spare('logs', 7),
		spare('swap', 7),
		spare('processes', 5),
		spare('image', 16, 40),
		spare('data-age', 5),
		needingInventory(spare('cpu%request', 5)),
		needingInventory(spare('memory%request', 5)),
	],
	statistics: STATISTIC_LAYOUT,
	measures: [
		'cpu',
		'memory',
		'cpu%limit',
		'memory%limit',
		'throttled',
		'rootfs',
		'psi-cpu',
		'psi-memory',
		'psi-io',
		'restarts',
	],
	groups: ['namespace', 'node', 'image', 'cluster'],
};
