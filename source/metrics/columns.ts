import type {Column} from './column.ts';
import type {NodeState} from './node-state.ts';
import type {ContainerRow, NamespaceRow, NodeRow, PodRow, Row, Usage} from './row.ts';
import type {Level, RowOf} from './view.ts';

/** The part of a whole, 0 to 1 and above; undefined where either is unknown or the whole is nothing. */
export function ratio(part: number | undefined, whole: number | undefined): number | undefined {
	return part === undefined || whole === undefined || whole <= 0 ? undefined : part / whole;
}

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

const age = <R extends Row & Usage>(): Column<R> => ({
	id: 'age',
	heading: 'AGE',
	unit: 'durationMs',
	explanation: 'Time since it was started.',
	value: (row, nowMs) => (row.startTimeMs === undefined ? undefined : Math.max(nowMs - row.startTimeMs, 0)),
});

const sampleAge = <R extends Row & Usage>(): Column<R> => ({
	id: 'data-age',
	heading: 'DATA',
	unit: 'durationMs',
	explanation: 'Time since the newest sample arrived; kubelets refresh theirs every 10 to 20 s.',
	value: (row, nowMs) => (row.receivedAtMs === undefined ? undefined : Math.max(nowMs - row.receivedAtMs, 0)),
});

const text = <R extends Row>(
	id: string,
	heading: string,
	explanation: string,
	value: (row: R) => string | undefined,
): Column<R> => ({id, heading, unit: 'text', explanation, value});

const count = <R extends Row>(
	id: string,
	heading: string,
	explanation: string,
	value: (row: R) => number | undefined,
): Column<R> => ({id, heading, unit: 'count', explanation, value});

/** The state of a node's last read in a few words, as the SOURCE column shows it. */
export function describeState(state: NodeState): string {
	switch (state.kind) {
		case 'waiting':
			return 'waiting';
		case 'past':
			return 'past';
		case 'live':
			return `ok ${Math.round(state.latencyMs)}ms`;
		case 'failed':
			return state.failure.brief;
	}
}

const NODE_COLUMNS: ReadonlyArray<Column<NodeRow>> = [
	text('name', 'NODE', 'The node as it names itself, or the address it is read from.', row => row.name),
	cpu(),
	{
		id: 'cpu%',
		heading: 'CPU%',
		unit: 'ratio',
		explanation:
			'CPU in use of what the node has; unknown where the source does not tell how many cores that is.',
		value: row => ratio(row.cpuCores, row.cpuCapacityCores),
	},
	memory(),
	{
		id: 'memory%',
		heading: 'MEM%',
		unit: 'ratio',
		explanation: 'Working set of the memory that the node has.',
		value: row => ratio(row.memoryWorkingSetBytes, row.memoryCapacityBytes),
	},
	rss(),
	received(),
	sent(),
	{
		id: 'fs%',
		heading: 'FS%',
		unit: 'ratio',
		explanation: 'The fullest file system: what can no longer be written, of its size.',
		value: row => ratio(row.filesystemUsedBytes, row.filesystemCapacityBytes),
	},
	count('pods', 'PODS', 'Pods that the node reports as running.', row => row.podCount),
	count('containers', 'CONT', 'Containers that the node reports as running.', row => row.containerCount),
	age(),
	sampleAge(),
	{
		id: 'state',
		heading: 'SOURCE',
		unit: 'state',
		explanation: 'How the last read of the node went: its latency, or why there is nothing.',
		value: row => describeState(row.state),
	},
];

const POD_COLUMNS: ReadonlyArray<Column<PodRow>> = [
	text('namespace', 'NAMESPACE', 'The namespace of the pod.', row => row.namespace),
	text('name', 'POD', 'The name of the pod.', row => row.name),
	text('node', 'NODE', 'The node that runs the pod.', row => row.node),
	cpu(),
	memory(),
	rss(),
	received(),
	sent(),
	count('containers', 'CONT', 'Running containers of the pod.', row => row.containerCount),
	age(),
	sampleAge(),
];

const CONTAINER_COLUMNS: ReadonlyArray<Column<ContainerRow>> = [
	text('namespace', 'NAMESPACE', 'The namespace of the pod around the container.', row => row.pod?.namespace),
	text('pod', 'POD', 'The pod around the container.', row => row.pod?.name),
	text('name', 'CONTAINER', 'The name of the container or service.', row => row.name),
	text('node', 'NODE', 'The node that runs the container.', row => row.node),
	cpu(),
	{
		id: 'cpu%limit',
		heading: 'CPU%L',
		unit: 'ratio',
		explanation: 'CPU in use of the limit; unknown without one.',
		value: row => ratio(row.cpuCores, row.cpuLimitCores),
	},
	memory(),
	{
		id: 'memory%limit',
		heading: 'MEM%L',
		unit: 'ratio',
		explanation:
			'Working set of the limit; at 100 % the kernel kills the container. Unknown without a limit.',
		value: row => ratio(row.memoryWorkingSetBytes, row.memoryLimitBytes),
	},
	rss(),
	{
		id: 'throttled',
		heading: 'THR%',
		unit: 'ratio',
		explanation: 'Share of the scheduler periods in which the CPU limit stopped the container.',
		value: row => row.throttledRatio,
	},
	text('kind', 'KIND', 'A container, a service, or a system daemon.', row => row.containerKind),
	age(),
	sampleAge(),
];

const NAMESPACE_COLUMNS: ReadonlyArray<Column<NamespaceRow>> = [
	text('name', 'NAMESPACE', 'The namespace.', row => row.name),
	count('pods', 'PODS', 'Running pods of the namespace.', row => row.podCount),
	count('containers', 'CONT', 'Running containers of the namespace.', row => row.containerCount),
	cpu(),
	memory(),
	rss(),
	received(),
	sent(),
];

const COLUMNS: {readonly [L in Level]: ReadonlyArray<Column<RowOf[L]>>} = {
	nodes: NODE_COLUMNS,
	pods: POD_COLUMNS,
	containers: CONTAINER_COLUMNS,
	namespaces: NAMESPACE_COLUMNS,
};

/** Every column that a level's rows can be shown, sorted and filtered by. */
export function columnsOf<L extends Level>(level: L): ReadonlyArray<Column<RowOf[L]>> {
	return COLUMNS[level];
}
