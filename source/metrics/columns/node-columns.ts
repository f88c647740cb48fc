import type {Column, Why} from '../model/column.ts';
import {podsOn} from '../model/counts.ts';
import {highestInodeRatio} from '../model/inode-ratio.ts';
import type {ResourceAmounts} from '../model/inventory.ts';
import {networkErrorsOf} from '../model/network-errors.ts';
import {nodeCapacity} from '../model/node-capacity.ts';
import {describeState} from '../model/node-state.ts';
import {ratio} from '../model/ratio.ts';
import type {NodeRow} from '../model/row.ts';
import {firstOf} from '../reasons/missing.ts';
import {unmeasured, unmeasuredSeries, whyUnread} from '../reasons/why-unmeasured.ts';
import {noLimit, unbound, unlisted} from '../reasons/why-unset.ts';
import {age, sampleAge} from './age-columns.ts';
import {claims, cpuOf, memoryOf} from './claim-columns.ts';
import {amount, count, name, share, text} from './column-kinds.ts';
import {fixed, flexible, type Layout, needingInventory, spare, sparkline} from './display-column.ts';
import {faults} from './fault-columns.ts';
import {networkErrors} from './network-error-column.ts';
import {pressure} from './pressure-columns.ts';
import {status} from './status-column.ts';
import {cpu, memory, received, rss, sent} from './usage-columns.ts';

const NOT_ALLOCATABLE = 'the node has not told what pods can have';

/** Of the limits on a node: there are none, or what pods can have is not known. */
const limited = (resource: keyof ResourceAmounts): Why =>
	unbound((row, around) =>
		row.kind === 'node' && row.bound?.limits[resource] !== undefined
			? NOT_ALLOCATABLE
			: noLimit(resource)(row, around),
	);

export const NODE_COLUMNS: ReadonlyArray<Column<NodeRow>> = [
	name('NODE', 'The node as it names itself, or the address it is read from.'),
	status('What the API server says of the node: Ready, NotReady, cordoned, under pressure.'),
	text(
		'roles',
		'ROLES',
		'The roles of the node, from its labels.',
		row => row.info?.roles.join(',') || undefined,
		unlisted('it has no label of a role'),
	),
	cpu(),
	share(
		'cpu%',
		'CPU%',
		'CPU in use of what pods can have (allocatable), or of all cores where only a kubelet tells.',
		row => ratio(row.cpuCores, nodeCapacity(row).cpuCores),
		cpuOf(() => 'how many cores it has is not in what the node sends; an API server tells it'),
	),
	memory(),
	share(
		'memory%',
		'MEM%',
		'Working set of what pods can have (allocatable), or of all memory where only a kubelet tells.',
		row => ratio(row.memoryWorkingSetBytes, nodeCapacity(row).memoryBytes),
		memoryOf(() => 'how much memory it has is not in what the node sends; an API server tells it'),
	),
	rss(),
	received(),
	sent(),
	share(
		'fs%',
		'FS%',
		'The fullest file system: its size less what is available, of its size, which is what eviction looks at. The bytes of its chart are what is used, which is less where others use the disk too.',
		row => row.filesystemFullRatio,
		unmeasuredSeries('what the node sends has no file system with its size and its room'),
	),
	share(
		'cpu%requested',
		'CPU%R',
		'CPU that the pods on the node request, of what pods can have: above 100 % nothing more is placed here.',
		row => ratio(row.bound?.requests.cpuCores, row.info?.allocatable.cpuCores),
		unbound(NOT_ALLOCATABLE),
	),
	share(
		'cpu%limited',
		'CPU%L',
		'The CPU limits of the pods on the node, of those that have one, of what pods can have.',
		row => ratio(row.bound?.limits.cpuCores, row.info?.allocatable.cpuCores),
		limited('cpuCores'),
	),
	share(
		'memory%requested',
		'MEM%R',
		'Memory that the pods on the node request, of what pods can have.',
		row => ratio(row.bound?.requests.memoryBytes, row.info?.allocatable.memoryBytes),
		unbound(NOT_ALLOCATABLE),
	),
	share(
		'memory%limited',
		'MEM%L',
		'The memory limits of the pods on the node, of those that have one, of what pods can have: above 100 % memory is overcommitted.',
		row => ratio(row.bound?.limits.memoryBytes, row.info?.allocatable.memoryBytes),
		limited('memoryBytes'),
	),
	...claims<NodeRow>(
		row => row.bound?.requests,
		row => row.bound?.limits,
	),
	amount(
		'cpu-allocatable',
		'CPUALL',
		'cores',
		'CPU that pods can have, in cores.',
		row => row.info?.allocatable.cpuCores,
		unlisted(NOT_ALLOCATABLE),
	),
	amount(
		'memory-allocatable',
		'MEMALL',
		'bytes',
		'Memory that pods can have.',
		row => row.info?.allocatable.memoryBytes,
		unlisted(NOT_ALLOCATABLE),
	),
	count(
		'pods',
		'PODS',
		'Pods bound to the node that are not finished; without an API server those that it reports as running.',
		row => podsOn(row)?.count,
		firstOf(whyUnread, 'the node does not report its pods'),
	),
	share(
		'pods%',
		'POD%',
		'Pods bound to the node of how many it takes.',
		row => ratio(row.bound?.pods, row.info?.allocatable.pods),
		unbound(NOT_ALLOCATABLE),
	),
	count(
		'containers',
		'CONT',
		'Containers that the node reports as running.',
		row => row.containerCount,
		firstOf(whyUnread, 'the node does not report its containers'),
	),
	text(
		'version',
		'VERSION',
		'The version of the kubelet.',
		row => row.info?.versions.kubelet,
		unlisted('the kubelet has not told its version'),
	),
	text(
		'os',
		'OS',
		'The operating system of the node.',
		row => row.info?.versions.osImage,
		unlisted('the kubelet has not told it'),
	),
	text(
		'taints',
		'TAINTS',
		'What keeps pods away that do not tolerate it.',
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
			'How the last read of the node went: its latency and route, or why there is nothing. A * stands where a better route was refused.',
		value: row => describeState(row.state),
	},
	...pressure<NodeRow>(),
	amount(
		'memory-left',
		'MEMLEFT',
		'bytes',
		'Memory that is left before pods are evicted or killed.',
		row => row.memoryAvailableBytes,
		unmeasured('what the node sends does not tell how much memory there is'),
	),
	share(
		'inodes%',
		'INO%',
		'The file system with the fewest inodes left: no file more can be made at 100 %.',
		row => highestInodeRatio(row.filesystems),
		unmeasured('no file system of the node counts inodes'),
	),
	networkErrors<NodeRow>(networkErrorsOf),
	...faults<NodeRow>(),
	text(
		'route',
		'ROUTE',
		'The way that the newest sample came.',
		row => (row.state.kind === 'live' ? row.state.route : undefined),
		row => `the state of the node is: ${row.kind === 'node' ? describeState(row.state) : ''}`,
	),
];

export const NODE_LAYOUT: Layout = {
	usual: [
		flexible('name', 0, 12, 32),
		needingInventory(flexible('status', 4, 8, 24)),
		needingInventory(flexible('roles', 20, 7, 16)),
		fixed('cpu', 1, 5),
		fixed('cpu%', 5, 5),
		sparkline('cpuCores', 6),
		needingInventory(fixed('cpu%requested', 13, 5)),
		needingInventory(fixed('cpu%limited', 18, 5)),
		fixed('memory', 2, 7),
		fixed('memory%', 7, 5),
		sparkline('memoryWorkingSetBytes', 10),
		needingInventory(fixed('memory%requested', 14, 5)),
		needingInventory(fixed('memory%limited', 19, 5)),
		fixed('rss', 22, 7),
		fixed('rx', 8, 7),
		fixed('tx', 9, 7),
		sparkline('rxBytesPerSecond', 15),
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
		spare('inodes%', 4),
		spare('memory-left', 7),
		spare('net-errors', 5),
		spare('major-faults', 5),
		spare('faults', 6),
		spare('swap', 7),
		spare('processes', 5),
		needingInventory(spare('taints', 12, 30)),
		needingInventory(spare('os', 12, 24)),
		spare('route', 8, 16),
		spare('data-age', 5),
	],
};
