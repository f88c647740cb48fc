import type {Column} from './column.ts';
import {amount, count, share, text} from './column-kinds.ts';
import {containerInsight, nodeInsight, podInsight} from './insight-columns.ts';
import type {ContainerInfo, ResourceAmounts} from './inventory.ts';
import type {NodeState} from './node-state.ts';
import {podLimits} from './pod-limits.ts';
import {ratio} from './ratio.ts';
import type {ContainerRow, NamespaceRow, NodeRow, PodRow, Row, TreeRow, Usage} from './row.ts';
import {lastTermination, statusOf} from './status.ts';
import type {Level, RowOf} from './view.ts';

type Measured = Pick<
	Usage,
	'cpuCores' | 'memoryWorkingSetBytes' | 'memoryRssBytes' | 'rxBytesPerSecond' | 'txBytesPerSecond'
>;

const cpu = <R extends Row & Measured>(): Column<R> => ({
	id: 'cpu',
	heading: 'CPU',
	unit: 'cores',
	explanation: 'CPU in use, in cores: the rate that the source measured, or else that of its counter.',
	value: row => row.cpuCores,
});

const memory = <R extends Row & Measured>(): Column<R> => ({
	id: 'memory',
	heading: 'MEM',
	unit: 'bytes',
	explanation: 'Working set: memory in use less inactive file cache, which is what eviction looks at.',
	value: row => row.memoryWorkingSetBytes,
});

const rss = <R extends Row & Measured>(): Column<R> => ({
	id: 'rss',
	heading: 'RSS',
	unit: 'bytes',
	explanation: 'Anonymous memory: heaps and stacks, without any file cache.',
	value: row => row.memoryRssBytes,
});

const received = <R extends Row & Measured>(): Column<R> => ({
	id: 'rx',
	heading: 'NET↓',
	unit: 'bytesPerSecond',
	explanation: 'Bytes received a second on its own interfaces (no loopback, bridges or pod ends).',
	value: row => row.rxBytesPerSecond,
});

const sent = <R extends Row & Measured>(): Column<R> => ({
	id: 'tx',
	heading: 'NET↑',
	unit: 'bytesPerSecond',
	explanation: 'Bytes sent a second on its own interfaces (no loopback, bridges or pod ends).',
	value: row => row.txBytesPerSecond,
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
});

const sampleAge = <R extends Row & Usage>(): Column<R> => ({
	id: 'data-age',
	heading: 'DATA',
	unit: 'durationMs',
	explanation: 'Time since the newest sample arrived; kubelets refresh theirs every 10 to 20 s.',
	value: (row, nowMs) => (row.receivedAtMs === undefined ? undefined : Math.max(nowMs - row.receivedAtMs, 0)),
});

const status = <R extends Row>(explanation: string): Column<R> =>
	text('status', 'STATUS', explanation, statusOf);

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
	),
	amount(
		'cpu-limit',
		'CPULIM',
		'cores',
		'The limit above which CPU is throttled, in cores.',
		row => limits(row)?.cpuCores,
	),
	amount(
		'memory-request',
		'MEMREQ',
		'bytes',
		'Memory that is requested, and so reserved.',
		row => requests(row)?.memoryBytes,
	),
	amount(
		'memory-limit',
		'MEMLIM',
		'bytes',
		'The limit above which a container is killed.',
		row => limits(row)?.memoryBytes,
	),
];

/** What is used of what was asked for and of what is allowed. */
const usedClaims = <R extends Row & Measured>(
	requests: (row: R) => ResourceAmounts | undefined,
	limits: (row: R) => ResourceAmounts | undefined,
): ReadonlyArray<Column<R>> => [
	share('cpu%request', 'CPU%R', 'CPU in use of the request; unknown without one.', row =>
		ratio(row.cpuCores, requests(row)?.cpuCores),
	),
	share('cpu%limit', 'CPU%L', 'CPU in use of the limit; unknown without one.', row =>
		ratio(row.cpuCores, limits(row)?.cpuCores),
	),
	share('memory%request', 'MEM%R', 'Working set of the request; unknown without one.', row =>
		ratio(row.memoryWorkingSetBytes, requests(row)?.memoryBytes),
	),
	share(
		'memory%limit',
		'MEM%L',
		'Working set of the limit; at 100 % the kernel kills the container. Unknown without a limit.',
		row => ratio(row.memoryWorkingSetBytes, limits(row)?.memoryBytes),
	),
];

function containerLimits(row: ContainerRow): ResourceAmounts {
	return {cpuCores: row.cpuLimitCores, memoryBytes: row.memoryLimitBytes};
}

/** `1/2`: containers that are ready of those that are meant to be. */
function readiness(containers: readonly ContainerInfo[]): string {
	const meant = containers.filter(({kind}) => kind === 'app' || kind === 'sidecar');
	return `${meant.filter(({isReady}) => isReady).length}/${meant.length}`;
}

/** What a node's CPU and memory are measured against: what pods can have, as `kubectl top node` does, or all there is. */
export function nodeCapacity({info, cpuCapacityCores, memoryCapacityBytes}: NodeRow): ResourceAmounts {
	return {
		cpuCores: info?.allocatable.cpuCores ?? cpuCapacityCores,
		memoryBytes: info?.allocatable.memoryBytes ?? memoryCapacityBytes,
	};
}

/** The usual way is not worth a word; `proxy`, `read-only`, `metrics.k8s.io` and other ways are. */
function describeRoute(route: string): string {
	const [way = ''] = route.split(' ');
	return ['proxy', 'read-only', 'metrics.k8s.io', 'resource'].includes(way) ? ` ${way}` : '';
}

/** The state of a node's last read in a few words, as the SOURCE column shows it. */
export function describeState(state: NodeState): string {
	switch (state.kind) {
		case 'waiting':
			return 'waiting';
		case 'past':
			return 'past';
		case 'live':
			return `ok ${Math.round(state.latencyMs)}ms${describeRoute(state.route)}`;
		case 'failed':
			return state.failure.brief;
		case 'stored':
			return state.failure === undefined ? 'stored' : `stored: ${state.failure.brief}`;
	}
}

const NODE_COLUMNS: ReadonlyArray<Column<NodeRow>> = [
	text('name', 'NODE', 'The node as it names itself, or the address it is read from.', row => row.name),
	status('What the API server says of the node: Ready, NotReady, cordoned, under pressure.'),
	text(
		'roles',
		'ROLES',
		'The roles of the node, from its labels.',
		row => row.info?.roles.join(',') || undefined,
	),
	cpu(),
	share(
		'cpu%',
		'CPU%',
		'CPU in use of what pods can have (allocatable), or of all cores where only a kubelet tells.',
		row => ratio(row.cpuCores, nodeCapacity(row).cpuCores),
	),
	memory(),
	share(
		'memory%',
		'MEM%',
		'Working set of what pods can have (allocatable), or of all memory where only a kubelet tells.',
		row => ratio(row.memoryWorkingSetBytes, nodeCapacity(row).memoryBytes),
	),
	rss(),
	received(),
	sent(),
	share('fs%', 'FS%', 'The fullest file system: what can no longer be written, of its size.', row =>
		ratio(row.filesystemUsedBytes, row.filesystemCapacityBytes),
	),
	share(
		'cpu%requested',
		'CPU%R',
		'CPU that the pods on the node request, of what pods can have: above 100 % nothing more is placed here.',
		row => ratio(row.bound?.requests.cpuCores, row.info?.allocatable.cpuCores),
	),
	share('cpu%limited', 'CPU%L', 'The CPU limits of the pods on the node, of what pods can have.', row =>
		ratio(row.bound?.limits.cpuCores, row.info?.allocatable.cpuCores),
	),
	share(
		'memory%requested',
		'MEM%R',
		'Memory that the pods on the node request, of what pods can have.',
		row => ratio(row.bound?.requests.memoryBytes, row.info?.allocatable.memoryBytes),
	),
	share(
		'memory%limited',
		'MEM%L',
		'The memory limits of the pods on the node, of what pods can have: above 100 % memory is overcommitted.',
		row => ratio(row.bound?.limits.memoryBytes, row.info?.allocatable.memoryBytes),
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
	),
	amount(
		'memory-allocatable',
		'MEMALL',
		'bytes',
		'Memory that pods can have.',
		row => row.info?.allocatable.memoryBytes,
	),
	count(
		'pods',
		'PODS',
		'Pods that the node reports as running; of a node not read, those bound to it.',
		row => row.podCount,
	),
	share('pods%', 'POD%', 'Pods bound to the node of how many it takes.', row =>
		ratio(row.bound?.pods, row.info?.allocatable.pods),
	),
	count('containers', 'CONT', 'Containers that the node reports as running.', row => row.containerCount),
	text('version', 'VERSION', 'The version of the kubelet.', row => row.info?.versions.kubelet),
	text('os', 'OS', 'The operating system of the node.', row => row.info?.versions.osImage),
	text(
		'taints',
		'TAINTS',
		'What keeps pods away that do not tolerate it.',
		row => row.info?.taints.map(({key, effect}) => `${key}:${effect}`).join(',') || undefined,
	),
	age(row => row.info?.createdAtMs ?? row.startTimeMs),
	sampleAge(),
	{
		id: 'state',
		heading: 'SOURCE',
		unit: 'state',
		explanation: 'How the last read of the node went: its latency and route, or why there is nothing.',
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
	),
	status('The STATUS of kubectl get pods: its phase, or what is in the way.'),
	count('restarts', 'RST', 'How often its containers were restarted.', row => row.info?.restarts),
	text('node', 'NODE', 'The node that runs the pod.', row => row.node || undefined),
	cpu(),
	memory(),
	rss(),
	received(),
	sent(),
	...usedClaims<PodRow>(row => row.info?.requests, podLimits),
	...claims<PodRow>(row => row.info?.requests, podLimits),
	count('containers', 'CONT', 'Running containers of the pod.', row => row.containerCount),
	text(
		'workload',
		'WORKLOAD',
		'What made the pod: a Deployment, StatefulSet, DaemonSet, Job.',
		row => row.info?.workload && `${row.info.workload.kind}/${row.info.workload.name}`,
	),
	text(
		'qos',
		'QOS',
		'The class that decides who is evicted first: BestEffort, Burstable, Guaranteed.',
		row => row.info?.qosClass,
	),
	age(row => row.info?.createdAtMs ?? row.startTimeMs),
	sampleAge(),
	...podInsight(),
];

const CONTAINER_COLUMNS: ReadonlyArray<Column<ContainerRow>> = [
	text('namespace', 'NAMESPACE', 'The namespace of the pod around the container.', row => row.pod?.namespace),
	text('pod', 'POD', 'The pod around the container.', row => row.pod?.name),
	text('name', 'CONTAINER', 'The name of the container or service.', row => row.name),
	status('Running, or why it does not run.'),
	count('restarts', 'RST', 'How often the container was restarted.', row => row.info?.restarts),
	text(
		'last',
		'LAST END',
		'Why the container ended the last time, and its exit code.',
		row => row.info && lastTermination(row.info),
	),
	text('node', 'NODE', 'The node that runs the container.', row => row.node || undefined),
	cpu(),
	memory(),
	...usedClaims<ContainerRow>(row => row.info?.requests, containerLimits),
	...claims<ContainerRow>(row => row.info?.requests, containerLimits),
	rss(),
	{
		id: 'throttled',
		heading: 'THR%',
		unit: 'ratio',
		explanation: 'Share of the scheduler periods in which the CPU limit stopped the container.',
		value: row => row.throttledRatio,
	},
	text('kind', 'KIND', 'A container (init, sidecar), a service, or a system daemon.', row =>
		row.info === undefined || row.info.kind === 'app' ? row.containerKind : row.info.kind,
	),
	text('image', 'IMAGE', 'The image that the container was made from.', row => row.info?.image ?? row.image),
	age(row => row.startTimeMs),
	sampleAge(),
	...containerInsight(),
];

const NAMESPACE_COLUMNS: ReadonlyArray<Column<NamespaceRow>> = [
	text('name', 'NAMESPACE', 'The namespace.', row => row.name),
	count('pods', 'PODS', 'Pods of the namespace that are not finished.', row => row.podCount),
	count('containers', 'CONT', 'Running containers of the namespace.', row => row.containerCount),
	cpu(),
	memory(),
	rss(),
	received(),
	sent(),
	...usedClaims<NamespaceRow>(
		row => row.bound?.requests,
		row => row.bound?.limits,
	),
	...claims<NamespaceRow>(
		row => row.bound?.requests,
		row => row.bound?.limits,
	),
];

/** What all kinds of rows in a tree have; where one has it not, there is a dash. */
const TREE_COLUMNS: ReadonlyArray<Column<TreeRow>> = [
	text('name', 'NAME', 'Nodes or namespaces, the pods in them, and their containers.', row => row.name),
	text('namespace', 'NAMESPACE', 'The namespace of the pod.', ({of}) =>
		of.kind === 'pod' ? of.namespace : undefined,
	),
	status('What the API server says of it.'),
	count('restarts', 'RST', 'How often containers were restarted.', ({of}) =>
		of.kind === 'pod' || of.kind === 'container' ? of.info?.restarts : undefined,
	),
	text('node', 'NODE', 'The node that runs it.', ({of}) =>
		(of.kind === 'pod' || of.kind === 'container') && of.node !== '' ? of.node : undefined,
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
];

function claimsOf(row: TreeRow['of']): {
	readonly requests: ResourceAmounts | undefined;
	readonly limits: ResourceAmounts | undefined;
} {
	switch (row.kind) {
		case 'node':
		case 'namespace':
			return {requests: row.bound?.requests, limits: row.bound?.limits};
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
