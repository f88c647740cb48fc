import type {Column, Why} from '../model/column.ts';
import {podsOn} from '../model/counts.ts';
import {highestInodeRatio} from '../model/inode-ratio.ts';
import type {ResourceAmounts} from '../model/inventory.ts';
import {networkErrorsOf} from '../model/network-errors.ts';
import {nodeCapacity} from '../model/node-capacity.ts';
import {instanceTypeOf, poolOf, zoneOf} from '../model/node-place.ts';
import {describeState} from '../model/node-state.ts';
import {ratio} from '../model/ratio.ts';
import {routeText} from '../model/route.ts';
import type {NodeRow} from '../model/row.ts';
import {firstOf} from '../reasons/reason.ts';
import {noLimit, unlisted, unlistedSum} from '../reasons/unlisted.ts';
import {unmeasured, unmeasuredSeries, whyUnread} from '../reasons/unmeasured.ts';
import {age, sampleAge} from './age-columns.ts';
import {claims, cpuOf, memoryOf} from './claim-columns.ts';
import {cluster} from './cluster-column.ts';
import {amount, count, name, share, text} from './column-kinds.ts';
import {cpuSplit} from './cpu-split-columns.ts';
import {fixed, flexible, type Layout, needingInventory, spare, sparklineColumn} from './display-column.ts';
import {faults} from './fault-columns.ts';
import {nodeGpus} from './gpu-columns.ts';
import {networkErrors} from './network-error-column.ts';
import {parts} from './part-columns.ts';
import {pressure} from './pressure-columns.ts';
import {NODE_STATISTIC_COLUMNS, STATISTIC_LAYOUT} from './statistic-columns.ts';
import {status} from './status-column.ts';
import {cpu, memory, received, rss, sent} from './usage-columns.ts';

const NOT_ALLOCATABLE = 'the node reports no allocatable amount';

/** For limits on a node: no pod has one, or the allocatable amount is unknown. */
const limited = (resource: keyof ResourceAmounts): Why =>
	unlistedSum((row, around) =>
		row.kind === 'node' && row.bound?.limits[resource] !== undefined
			? NOT_ALLOCATABLE
			: noLimit(resource)(row, around),
	);

export const NODE_COLUMNS: ReadonlyArray<Column<NodeRow>> = [
	name('NODE', 'The node as it names itself, or the address it is read from.'),
	status('The status of the node in the API server: Ready, NotReady, cordoned, under pressure.'),
	text(
		'roles',
		'ROLES',
		'The roles of the node, from its labels.',
		row => row.info?.roles.join(',') || undefined,
		unlisted('it has no role label'),
	),
	cpu(),
	share(
		'cpu%',
		['CPU%', 'CPU % OF ALLOCATABLE'],
		'CPU in use as a share of allocatable CPU, or of all cores without an API server.',
		row => ratio(row.cpuCores, nodeCapacity(row).cpuCores),
		cpuOf(() => 'the samples of the node do not contain how many cores it has; an API server reports it'),
	),
	memory(),
	share(
		'memory%',
		['MEM%', 'MEMORY % OF ALLOCATABLE'],
		'Working set as a share of allocatable memory, or of all memory without an API server.',
		row => ratio(row.memoryWorkingSetBytes, nodeCapacity(row).memoryBytes),
		memoryOf(() => 'the samples of the node do not contain how much memory it has; an API server reports it'),
	),
	rss(),
	received(),
	sent(),
	share(
		'fs%',
		['FS%', 'FILESYSTEM %'],
		'The fullest file system: the share of its size that is not available, which eviction is based on. Its chart shows the bytes in use, which are fewer where the disk is shared.',
		row => row.filesystemFullRatio,
		unmeasuredSeries('the samples of the node contain no file system with its size and free space'),
	),
	share(
		'cpu%requested',
		['CPU%R', 'CPU % REQUESTED'],
		'CPU requests of the pods on the node as a share of allocatable CPU: at 100 % no more pods are scheduled here.',
		row => ratio(row.bound?.requests.cpuCores, row.info?.allocatable.cpuCores),
		unlistedSum(NOT_ALLOCATABLE),
	),
	share(
		'cpu%limited',
		['CPU%L', 'CPU % LIMITED'],
		'CPU limits of the pods on the node that have one, as a share of allocatable CPU.',
		row => ratio(row.bound?.limits.cpuCores, row.info?.allocatable.cpuCores),
		limited('cpuCores'),
	),
	share(
		'memory%requested',
		['MEM%R', 'MEMORY % REQUESTED'],
		'Memory requests of the pods on the node as a share of allocatable memory.',
		row => ratio(row.bound?.requests.memoryBytes, row.info?.allocatable.memoryBytes),
		unlistedSum(NOT_ALLOCATABLE),
	),
	share(
		'memory%limited',
		['MEM%L', 'MEMORY % LIMITED'],
		'Memory limits of the pods on the node that have one, as a share of allocatable memory: above 100 % memory is overcommitted.',
		row => ratio(row.bound?.limits.memoryBytes, row.info?.allocatable.memoryBytes),
		limited('memoryBytes'),
	),
	...claims<NodeRow>(
		row => row.bound?.requests,
		row => row.bound?.limits,
	),
	amount(
		'cpu-allocatable',
		['CPUALL', 'CPU ALLOCATABLE'],
		'cores',
		'Allocatable CPU: what pods can request, in cores.',
		row => row.info?.allocatable.cpuCores,
		unlisted(NOT_ALLOCATABLE),
	),
	amount(
		'memory-allocatable',
		['MEMALL', 'MEMORY ALLOCATABLE'],
		'bytes',
		'Allocatable memory: what pods can request.',
		row => row.info?.allocatable.memoryBytes,
		unlisted(NOT_ALLOCATABLE),
	),
	count(
		'pods',
		'PODS',
		'Pods bound to the node that are not finished; without an API server, pods that the node reports as running.',
		row => podsOn(row)?.count,
		firstOf(whyUnread, 'the node does not report its pods'),
	),
	share(
		'pods%',
		['POD%', 'PODS % OF MAXIMUM'],
		'Pods bound to the node as a share of its pod limit.',
		row => ratio(row.bound?.pods, row.info?.allocatable.pods),
		unlistedSum(NOT_ALLOCATABLE),
	),
	count(
		'containers',
		['CONT', 'CONTAINERS'],
		'Containers that the node reports as running.',
		row => row.containerCount,
		firstOf(whyUnread, 'the node does not report its containers'),
	),
	text(
		'version',
		'VERSION',
		'The version of the kubelet.',
		row => row.info?.versions.kubelet,
		unlisted('the API server lists no kubelet version'),
	),
	text(
		'os',
		['OS', 'OPERATING SYSTEM'],
		'The operating system of the node.',
		row => row.info?.versions.osImage,
		unlisted('the API server lists no operating system'),
	),
	text(
		'taints',
		'TAINTS',
		'Taints, which keep pods away that do not tolerate them.',
		row => row.info?.taints.map(({key, effect}) => `${key}:${effect}`).join(',') || undefined,
		unlisted('it has none'),
	),
	age(row => row.info?.createdAtMs ?? row.startTimeMs),
	sampleAge(),
	{
		id: 'state',
		heading: 'SOURCE',
		unit: 'state',
		explanation:
			'The result of the last read of the node: route and latency, or why it failed. A * stands where a better route was refused.',
		value: row => describeState(row.state),
	},
	...pressure<NodeRow>(),
	amount(
		'memory-left',
		['MEMLEFT', 'MEMORY LEFT'],
		'bytes',
		'Memory that is left before pods are evicted or killed.',
		row => row.memoryAvailableBytes,
		unmeasured('the samples of the node do not contain it'),
	),
	share(
		'inodes%',
		['INO%', 'INODES %'],
		'The file system with the fewest free inodes: at 100 % no file can be created.',
		row => highestInodeRatio(row.filesystems),
		unmeasured('no file system of the node reports inodes'),
	),
	networkErrors<NodeRow>(networkErrorsOf),
	...faults<NodeRow>(),
	text(
		'route',
		'ROUTE',
		'The route of the newest sample: the endpoint that it was read from.',
		row => (row.state.kind === 'live' ? routeText(row.state.route) : undefined),
		row => `the state of the node is: ${row.kind === 'node' ? describeState(row.state) : ''}`,
	),
	text(
		'zone',
		'ZONE',
		'The zone of the node, from its labels.',
		row => zoneOf(row.info),
		unlisted('it has no label of a zone'),
	),
	text(
		'pool',
		'POOL',
		'The pool that the node was created from, from the label of Karpenter or of the provider.',
		row => poolOf(row.info),
		unlisted('it has no label of a known kind of pool'),
	),
	text(
		'instance-type',
		['TYPE', 'INSTANCE TYPE'],
		'The kind of machine, as the provider names it, from the labels of the node.',
		row => instanceTypeOf(row.info),
		unlisted('it has no label of an instance type'),
	),
	...nodeGpus,
	...cpuSplit<NodeRow>(),
	...parts,
	cluster(),
	...NODE_STATISTIC_COLUMNS,
];

export const NODE_LAYOUT: Layout = {
	defaults: [
		flexible('name', 0, 12, 32),
		needingInventory(flexible('status', 4, 8, 24)),
		needingInventory(flexible('roles', 20, 7, 16)),
		fixed('cpu', 1, 5),
		fixed('cpu%', 5, 5),
		sparklineColumn('cpuCores', 6),
		needingInventory(fixed('cpu%requested', 13, 5)),
		needingInventory(fixed('cpu%limited', 18, 5)),
		fixed('memory', 2, 7),
		fixed('memory%', 7, 5),
		sparklineColumn('memoryWorkingSetBytes', 10),
		needingInventory(fixed('memory%requested', 14, 5)),
		needingInventory(fixed('memory%limited', 19, 5)),
		fixed('rss', 22, 7),
		fixed('net-received', 8, 8),
		fixed('net-sent', 9, 8),
		sparklineColumn('rxBytesPerSecond', 15),
		fixed('fs%', 11, 4),
		fixed('pods', 12, 5),
		needingInventory(fixed('pods%', 21, 5)),
		fixed('containers', 23, 5),
		fixed('age', 16, 5),
		needingInventory(flexible('version', 17, 8, 14)),
		flexible('state', 3, 12, 26),
	],
	spare: [
		spare('psi-cpu', 5),
		spare('psi-memory', 5),
		spare('psi-io', 6),
		needingInventory(spare('gpu%requested', 5)),
		needingInventory(spare('gpu-request', 6)),
		needingInventory(spare('gpu-allocatable', 6)),
		spare('inodes%', 4),
		spare('memory-left', 7),
		spare('disk-read', 8),
		spare('disk-written', 8),
		spare('disk%', 5),
		spare('cpu-user', 6),
		spare('cpu-system', 6),
		spare('net-errors', 5),
		spare('major-faults', 5),
		spare('faults', 6),
		spare('swap', 7),
		spare('processes', 5),
		needingInventory(spare('zone', 8, 16)),
		needingInventory(spare('pool', 8, 20)),
		needingInventory(spare('instance-type', 8, 16)),
		needingInventory(spare('taints', 12, 30)),
		needingInventory(spare('os', 12, 24)),
		spare('route', 8, 16),
		spare('data-age', 5),
		needingInventory(spare('cpu-request', 6)),
		needingInventory(spare('cpu-limit', 6)),
		needingInventory(spare('cpu-allocatable', 6)),
		needingInventory(spare('memory-request', 7)),
		needingInventory(spare('memory-limit', 7)),
		needingInventory(spare('memory-allocatable', 7)),
	],
	statistics: STATISTIC_LAYOUT,
	measures: [
		'cpu%',
		'memory%',
		'fs%',
		'psi-cpu',
		'psi-memory',
		'psi-io',
		'net-received',
		'net-sent',
		'disk%',
		'cpu%requested',
		'memory%requested',
		'gpu%requested',
		'pods%',
	],
	groups: ['cluster', 'zone', 'pool', 'instance-type'],
};
