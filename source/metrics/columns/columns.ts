import type {Column, ObjectRow, Why} from '../model/column.ts';
import {podsOn, runningContainers} from '../model/counts.ts';
import type {ContainerInfo, ResourceAmounts} from '../model/inventory.ts';
import {describeState} from '../model/node-state.ts';
import {lastingContainers, namespaceLimits, podLimits} from '../model/pod-limits.ts';
import {ratio} from '../model/ratio.ts';
import type {ContainerRow, NamespaceRow, NodeRow, PodRow, Row, TreeRow, Usage} from '../model/row.ts';
import {lastTermination, statusOf} from '../model/status.ts';
import type {Level, RowOf} from '../model/view.ts';
import {firstOf, toldOf} from '../reasons/missing.ts';
import {whyNotRunning} from '../reasons/why-not-running.ts';
import {
	cpuUnmeasured,
	memoryUnmeasured,
	networkUnmeasured,
	throttlingUnmeasured,
	unmeasuredSeries,
	whyUnread,
} from '../reasons/why-unmeasured.ts';
import {noLimit, noRequest, unbound, unlisted} from '../reasons/why-unset.ts';
import {amount, count, share, text} from './column-kinds.ts';
import {containerInsight, namespaceInsight, nodeInsight, podInsight, treeInsight} from './insight-columns.ts';

type Measured = Pick<
	Usage,
	'cpuCores' | 'memoryWorkingSetBytes' | 'memoryRssBytes' | 'rxBytesPerSecond' | 'txBytesPerSecond'
>;

/** Of a share: what is used is unknown, or else what it is measured against. */
const partOf =
	(part: (row: ObjectRow) => number | undefined, whyNoPart: Why) =>
	(whyNoWhole: Why): Why =>
	(row, around) =>
		(part(row) === undefined ? whyNoPart : whyNoWhole)(row, around);
const cpuOf = partOf(row => row.cpuCores, cpuUnmeasured);
const memoryOf = partOf(row => row.memoryWorkingSetBytes, memoryUnmeasured);

const cpu = <R extends Row & Measured>(): Column<R> => ({
	id: 'cpu',
	heading: 'CPU',
	unit: 'cores',
	explanation: 'CPU in use, in cores: the rate that the source measured, or else that of its counter.',
	value: row => row.cpuCores,
	why: cpuUnmeasured,
});

const memory = <R extends Row & Measured>(): Column<R> => ({
	id: 'memory',
	heading: 'MEM',
	unit: 'bytes',
	explanation: 'Working set: memory in use less inactive file cache, which is what eviction looks at.',
	value: row => row.memoryWorkingSetBytes,
	why: memoryUnmeasured,
});

const rss = <R extends Row & Measured>(): Column<R> => ({
	id: 'rss',
	heading: 'RSS',
	unit: 'bytes',
	explanation: 'Anonymous memory: heaps and stacks, without any file cache.',
	value: row => row.memoryRssBytes,
	why: unmeasuredSeries('what the node sends does not tell it'),
});

const received = <R extends Row & Measured>(): Column<R> => ({
	id: 'rx',
	heading: 'NET↓',
	unit: 'bytesPerSecond',
	explanation:
		'Bytes received a second over its cards, each byte once: no loopback, tunnels or pod ends, and no bond, bridge or VLAN over a card. A pod on the network of its node shows what the node does, and is in no sum.',
	value: row => row.rxBytesPerSecond,
	why: networkUnmeasured,
});

const sent = <R extends Row & Measured>(): Column<R> => ({
	id: 'tx',
	heading: 'NET↑',
	unit: 'bytesPerSecond',
	explanation:
		'Bytes sent a second over its cards, each byte once: no loopback, tunnels or pod ends, and no bond, bridge or VLAN over a card. A pod on the network of its node shows what the node does, and is in no sum.',
	value: row => row.txBytesPerSecond,
	why: networkUnmeasured,
});

const age = <R extends Row>(createdAtMs: (row: R) => number | undefined): Column<R> => ({
	id: 'age',
	heading: 'AGE',
	unit: 'durationMs',
	explanation: 'Time since it was created; where only a kubelet tells, since it was started.',
	value: (row, nowMs) => {
		const sinceMs = createdAtMs(row);
		return sinceMs === undefined ? undefined : Math.max(nowMs - sinceMs, 0);
	},
	why: toldOf(
		['node', 'pod', 'container'],
		firstOf(whyUnread, 'neither the API server nor the node tells when it began'),
	),
});

const sampleAge = <R extends Row & Usage>(): Column<R> => ({
	id: 'data-age',
	heading: 'DATA',
	unit: 'durationMs',
	explanation: 'Time since the newest sample arrived; kubelets refresh theirs every 10 to 20 s.',
	value: (row, nowMs) => (row.receivedAtMs === undefined ? undefined : Math.max(nowMs - row.receivedAtMs, 0)),
	why: firstOf(whyUnread, 'there is no sample'),
});

const status = <R extends Row>(explanation: string): Column<R> =>
	text(
		'status',
		'STATUS',
		explanation,
		statusOf,
		toldOf(['node', 'pod', 'container'], unlisted('its node has not reported it yet')),
	);

/** What is asked for and what is allowed. A limit or request that is not stated is unknown, as no number is right. */
const claims = <R extends Row>(
	requests: (row: R) => ResourceAmounts | undefined,
	limits: (row: R) => ResourceAmounts | undefined,
): ReadonlyArray<Column<R>> => [
	amount(
		'cpu-request',
		'CPUREQ',
		'cores',
		'CPU that is requested, and so reserved, in cores.',
		row => requests(row)?.cpuCores,
		noRequest('cpuCores'),
	),
	amount(
		'cpu-limit',
		'CPULIM',
		'cores',
		'The limit above which CPU is throttled, in cores.',
		row => limits(row)?.cpuCores,
		noLimit('cpuCores'),
	),
	amount(
		'memory-request',
		'MEMREQ',
		'bytes',
		'Memory that is requested, and so reserved.',
		row => requests(row)?.memoryBytes,
		noRequest('memoryBytes'),
	),
	amount(
		'memory-limit',
		'MEMLIM',
		'bytes',
		'The limit above which a container is killed.',
		row => limits(row)?.memoryBytes,
		noLimit('memoryBytes'),
	),
];

/** What is used of what was asked for and of what is allowed. */
const usedClaims = <R extends Row & Measured>(
	requests: (row: R) => ResourceAmounts | undefined,
	limits: (row: R) => ResourceAmounts | undefined,
): ReadonlyArray<Column<R>> => [
	share(
		'cpu%request',
		'CPU%R',
		'CPU in use of the request; unknown without one.',
		row => ratio(row.cpuCores, requests(row)?.cpuCores),
		cpuOf(noRequest('cpuCores')),
	),
	share(
		'cpu%limit',
		'CPU%L',
		'CPU in use of the limit; unknown without one, or where a container has none.',
		row => ratio(row.cpuCores, limits(row)?.cpuCores),
		cpuOf(noLimit('cpuCores')),
	),
	share(
		'memory%request',
		'MEM%R',
		'Working set of the request; unknown without one.',
		row => ratio(row.memoryWorkingSetBytes, requests(row)?.memoryBytes),
		memoryOf(noRequest('memoryBytes')),
	),
	share(
		'memory%limit',
		'MEM%L',
		'Working set of the limit; at 100 % the kernel kills the container. Unknown without a limit.',
		row => ratio(row.memoryWorkingSetBytes, limits(row)?.memoryBytes),
		memoryOf(noLimit('memoryBytes')),
	),
];

function containerLimits(row: ContainerRow): ResourceAmounts {
	return {cpuCores: row.cpuLimitCores, memoryBytes: row.memoryLimitBytes};
}

/** `1/2`: containers that are ready of those that are meant to be. */
function readiness(containers: readonly ContainerInfo[]): string {
	const meant = lastingContainers(containers);
	return `${meant.filter(({isReady}) => isReady).length}/${meant.length}`;
}

/** What a node's CPU and memory are measured against: what pods can have, as `kubectl top node` does, or all there is. */
export function nodeCapacity({info, cpuCapacityCores, memoryCapacityBytes}: NodeRow): ResourceAmounts {
	return {
		cpuCores: info?.allocatable.cpuCores ?? cpuCapacityCores,
		memoryBytes: info?.allocatable.memoryBytes ?? memoryCapacityBytes,
	};
}

const NOT_ALLOCATABLE = 'the node has not told what pods can have';

/** Of the limits on a node: there are none, or what pods can have is not known. */
const limited = (resource: keyof ResourceAmounts): Why =>
	unbound((row, around) =>
		row.kind === 'node' && row.bound?.limits[resource] !== undefined
			? NOT_ALLOCATABLE
			: noLimit(resource)(row, around),
	);

const inNoPod: Why = () => 'it is in no pod: a service, a daemon of the node, or a container of its own';

const NODE_COLUMNS: ReadonlyArray<Column<NodeRow>> = [
	text('name', 'NODE', 'The node as it names itself, or the address it is read from.', row => row.name),
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
	...nodeInsight(),
];

const POD_COLUMNS: ReadonlyArray<Column<PodRow>> = [
	text('namespace', 'NAMESPACE', 'The namespace of the pod.', row => row.namespace),
	text('name', 'POD', 'The name of the pod.', row => row.name),
	text(
		'ready',
		'READY',
		'Containers that are ready of all.',
		row => row.info && readiness(row.info.containers),
		unlisted('none of its containers is listed'),
	),
	status('The STATUS of kubectl get pods: its phase, or what is in the way.'),
	count(
		'restarts',
		'RST',
		'How often its containers were restarted.',
		row => row.info?.restarts,
		unlisted('it was not counted'),
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
	count(
		'containers',
		'CONT',
		'Running containers of the pod.',
		row => runningContainers(row),
		firstOf(whyUnread, 'the node reports no containers of it'),
	),
	text(
		'workload',
		'WORKLOAD',
		'What made the pod: a Deployment, StatefulSet, DaemonSet, Job.',
		row => row.info?.workload && `${row.info.workload.kind}/${row.info.workload.name}`,
		unlisted('no controller made it'),
	),
	text(
		'qos',
		'QOS',
		'The class that decides who is evicted first: BestEffort, Burstable, Guaranteed.',
		row => row.info?.qosClass,
		unlisted('the API server has not told it yet'),
	),
	age(row => row.info?.createdAtMs ?? row.startTimeMs),
	sampleAge(),
	...podInsight(),
];

const CONTAINER_COLUMNS: ReadonlyArray<Column<ContainerRow>> = [
	text(
		'namespace',
		'NAMESPACE',
		'The namespace of the pod around the container.',
		row => row.pod?.namespace,
		inNoPod,
	),
	text('pod', 'POD', 'The pod around the container.', row => row.pod?.name, inNoPod),
	text('name', 'CONTAINER', 'The name of the container or service.', row => row.name),
	status('Running, or why it does not run.'),
	count(
		'restarts',
		'RST',
		'How often the container was restarted.',
		row => row.info?.restarts,
		unlisted('it was not counted'),
	),
	text(
		'last',
		'LAST END',
		'Why the container ended the last time, and its exit code.',
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
	rss(),
	{
		id: 'throttled',
		heading: 'THR%',
		unit: 'ratio',
		explanation:
			'Share of the scheduler periods in which the CPU limit stopped the container; its chart is THROTTLED.',
		value: row => row.throttledRatio,
		why: throttlingUnmeasured,
	},
	text('kind', 'KIND', 'A container (init, sidecar), a service, or a system daemon.', row =>
		row.info === undefined || row.info.kind === 'app' ? row.containerKind : row.info.kind,
	),
	text(
		'image',
		'IMAGE',
		'The image that the container was made from.',
		row => row.info?.image ?? row.image,
		unlisted('neither the API server nor the node tells it'),
	),
	age(row => row.startTimeMs),
	sampleAge(),
	...containerInsight(),
];

const NAMESPACE_COLUMNS: ReadonlyArray<Column<NamespaceRow>> = [
	text('name', 'NAMESPACE', 'The namespace.', row => row.name),
	count(
		'pods',
		'PODS',
		'Pods of the namespace that are not finished. One that has no node yet does not count.',
		row => row.podCount,
	),
	count(
		'containers',
		'CONT',
		'Running containers of the namespace.',
		row => row.containerCount,
		firstOf(whyUnread, 'no node reports the containers of its pods'),
	),
	cpu(),
	memory(),
	rss(),
	received(),
	sent(),
	...usedClaims<NamespaceRow>(row => row.bound?.requests, namespaceLimits),
	...claims<NamespaceRow>(row => row.bound?.requests, namespaceLimits),
	...namespaceInsight(),
];

/** What all kinds of rows in a tree have; where one has it not, there is a dash. */
const TREE_COLUMNS: ReadonlyArray<Column<TreeRow>> = [
	text('name', 'NAME', 'Nodes or namespaces, the pods in them, and their containers.', row => row.name),
	text(
		'namespace',
		'NAMESPACE',
		'The namespace of the pod.',
		({of}) => (of.kind === 'pod' ? of.namespace : undefined),
		toldOf(['pod'], () => ''),
	),
	status('What the API server says of it.'),
	count(
		'restarts',
		'RST',
		'How often containers were restarted.',
		({of}) => {
			switch (of.kind) {
				case 'node':
					return undefined;
				case 'namespace':
					return of.restarts;
				case 'pod':
				case 'container':
					return of.info?.restarts;
			}
		},
		toldOf(['container', 'pod', 'namespace'], unlisted('it was not counted')),
	),
	text(
		'node',
		'NODE',
		'The node that runs it.',
		({of}) => ((of.kind === 'pod' || of.kind === 'container') && of.node !== '' ? of.node : undefined),
		toldOf(['pod', 'container'], firstOf(whyNotRunning, 'which node it is on is not known')),
	),
	{...cpu<NodeRow>(), value: ({of}) => of.cpuCores},
	{...memory<NodeRow>(), value: ({of}) => of.memoryWorkingSetBytes},
	{...received<NodeRow>(), value: ({of}) => (of.kind === 'container' ? undefined : of.rxBytesPerSecond)},
	{...sent<NodeRow>(), value: ({of}) => (of.kind === 'container' ? undefined : of.txBytesPerSecond)},
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
				return of.startTimeMs;
			case 'namespace':
				return undefined;
		}
	}),
	...treeInsight(),
];

function claimsOf(row: TreeRow['of']): {
	readonly requests: ResourceAmounts | undefined;
	readonly limits: ResourceAmounts | undefined;
} {
	switch (row.kind) {
		case 'node':
			return {requests: row.bound?.requests, limits: row.bound?.limits};
		case 'namespace':
			return {requests: row.bound?.requests, limits: namespaceLimits(row)};
		case 'pod':
			return {requests: row.info?.requests, limits: podLimits(row)};
		case 'container':
			return {requests: row.info?.requests, limits: containerLimits(row)};
	}
}

const COLUMNS: {readonly [L in Level]: ReadonlyArray<Column<RowOf[L]>>} = {
	nodes: NODE_COLUMNS,
	pods: POD_COLUMNS,
	containers: CONTAINER_COLUMNS,
	namespaces: NAMESPACE_COLUMNS,
	tree: TREE_COLUMNS,
};

/** Every column that a level's rows can be shown, sorted and filtered by. */
export function columnsOf<L extends Level>(level: L): ReadonlyArray<Column<RowOf[L]>> {
	return COLUMNS[level];
}
