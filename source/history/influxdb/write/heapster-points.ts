import type {ResourceAmounts} from '../../../metrics/model/inventory.ts';
import type {
	ContainerReading,
	FilesystemReading,
	NetworkReading,
	NodeReading,
	PodReading,
} from '../../../metrics/model/reading.ts';
import type {BoundPods, ContainerRow, NodeRow, PodRow} from '../../../metrics/model/row.ts';
import type {Point} from './line-protocol.ts';

export type HeapsterWriter = {
	/** The tag `cluster_name`. */
	readonly clusterName: string;
	/** With `withfields=true` the measurement is what is before the slash of a metric's name, and the field the rest. */
	readonly hasFields: boolean;
};

/** As Heapster calls what the kubelet calls otherwise (metrics/sources/summary `systemNameMap`). */
const SYSTEM_NAMES: ReadonlyMap<string, string> = new Map([
	['runtime', 'docker-daemon'],
	['misc', 'system'],
]);

type Counted = Pick<NodeReading, 'cpu' | 'memory' | 'startTimeMs'>;

/** What the pods of a namespace, or of all of them, use and ask for together. */
export type NamespaceSums = {
	readonly cpuCores: number | undefined;
	readonly memoryUsageBytes: number | undefined;
	/** Undefined where nothing is known of what pods ask for. */
	readonly claims: BoundPods | undefined;
};

type Tags = Point['tags'];

/** Metrics of these names are stored with a fraction; all others as whole numbers (heapster metrics/core/metrics.go). */
const FLOATS = /_rate$|\/node_/;
const WHOLE_RATE = 'cpu/usage_rate';

/**
 * Makes points of rows, and of what a node's reading has beyond them, with Heapster's names, units and tags. What is
 * unknown is not written.
 */
export class HeapsterPoints {
	readonly #writer: HeapsterWriter;

	constructor(writer: HeapsterWriter) {
		this.#writer = writer;
	}

	node(row: NodeRow, reading: NodeReading | undefined, timeMs: number): readonly Point[] {
		const tags = {type: 'node', nodename: row.name, labels: labelsOf(row.info?.labels)};
		const {allocatable, capacity} = row.info ?? {};
		const nodefs = reading?.filesystems.find(({name}) => name === 'nodefs');
		return [
			...this.#usage(tags, row),
			...this.#network(tags, row),
			...this.#claims(tags, row.bound),
			...this.#point(tags, 'cpu/node_capacity', milli(capacity?.cpuCores)),
			...this.#point(tags, 'cpu/node_allocatable', milli(allocatable?.cpuCores)),
			...this.#point(tags, 'cpu/node_utilization', share(row.cpuCores, allocatable?.cpuCores)),
			...this.#point(
				tags,
				'cpu/node_reservation',
				share(row.bound?.requests.cpuCores, allocatable?.cpuCores),
			),
			...this.#point(tags, 'memory/node_capacity', capacity?.memoryBytes),
			...this.#point(tags, 'memory/node_allocatable', allocatable?.memoryBytes),
			...this.#point(
				tags,
				'memory/node_utilization',
				share(row.memoryWorkingSetBytes, allocatable?.memoryBytes),
			),
			...this.#point(
				tags,
				'memory/node_reservation',
				share(row.bound?.requests.memoryBytes, allocatable?.memoryBytes),
			),
			...this.#point(tags, 'ephemeral_storage/node_capacity', capacity?.ephemeralStorageBytes),
			...this.#point(tags, 'ephemeral_storage/node_allocatable', allocatable?.ephemeralStorageBytes),
			...this.#point(
				tags,
				'ephemeral_storage/node_utilization',
				share(nodefs?.usedBytes, allocatable?.ephemeralStorageBytes),
			),
			...this.#point(tags, 'ephemeral_storage/usage', nodefs?.usedBytes),
			...this.#filesystem(tags, '/', nodefs),
			...this.#counters(tags, reading, timeMs),
			...this.#traffic(tags, reading?.network),
		];
	}

	pod(row: PodRow, reading: PodReading | undefined, timeMs: number): readonly Point[] {
		const tags = this.#podTags('pod', row);
		return [
			...this.#usage(tags, row),
			// On the host's network it would be the node's traffic.
			...(row.isHostNetwork ? [] : [...this.#network(tags, row), ...this.#traffic(tags, reading?.network)]),
			...this.#counters(tags, reading, timeMs),
			...this.#point(tags, 'ephemeral_storage/usage', reading?.ephemeralStorage?.usedBytes),
			...(reading?.volumes ?? []).flatMap(volume => this.#filesystem(tags, `Volume:${volume.name}`, volume)),
			...this.#claims(tags, row.info),
			...this.#point(tags, 'restart_count', row.info?.restarts),
		];
	}

	container(row: ContainerRow, reading: ContainerReading | undefined, timeMs: number): readonly Point[] {
		const {pod, podInfo} = row;
		if (pod === undefined) {
			const ofNode = {
				type: 'sys_container',
				nodename: row.node,
				container_name: SYSTEM_NAMES.get(row.name) ?? row.name,
			};
			return [...this.#usage(ofNode, row), ...this.#counters(ofNode, reading, timeMs)];
		}

		const tags = {
			...this.#podTags('pod_container', {...pod, node: row.node, info: podInfo}),
			container_name: row.name,
			// Heapster looked for images among the pod's plain containers alone, and a tag more is another series.
			container_base_image: row.info?.kind === 'app' ? row.info.image : undefined,
		};
		return [
			...this.#usage(tags, row),
			...this.#claims(tags, row.info),
			...this.#point(tags, 'restart_count', row.info?.restarts),
			...this.#counters(tags, reading, timeMs),
			...this.#filesystem(tags, '/', reading?.rootFilesystem),
			...this.#filesystem(tags, 'logs', reading?.logFilesystem),
			...this.#point(
				tags,
				'ephemeral_storage/usage',
				plus(reading?.rootFilesystem?.usedBytes, reading?.logFilesystem?.usedBytes),
			),
		];
	}

	namespace(name: string, sums: NamespaceSums): readonly Point[] {
		return this.#sums({type: 'ns', namespace_name: name}, sums);
	}

	/** Heapster's cluster is the sum of its namespaces. */
	cluster(sums: NamespaceSums): readonly Point[] {
		return this.#sums({type: 'cluster'}, sums);
	}

	#sums(tags: Tags, {cpuCores, memoryUsageBytes, claims}: NamespaceSums): readonly Point[] {
		return [
			...this.#point(tags, WHOLE_RATE, milli(cpuCores)),
			...this.#point(tags, 'memory/usage', memoryUsageBytes),
			...this.#claims(tags, claims),
		];
	}

	#podTags(
		type: string,
		{namespace, name, node, info}: Pick<PodRow, 'namespace' | 'name' | 'node' | 'info'>,
	): Tags {
		return {type, namespace_name: namespace, pod_name: name, nodename: node, labels: labelsOf(info?.labels)};
	}

	#usage(tags: Tags, row: NodeRow | PodRow | ContainerRow): readonly Point[] {
		return [
			...this.#point(tags, WHOLE_RATE, milli(row.cpuCores)),
			...this.#point(tags, 'memory/usage', row.memoryUsageBytes),
			...this.#point(tags, 'memory/working_set', row.memoryWorkingSetBytes),
			...this.#point(tags, 'memory/rss', row.memoryRssBytes),
			...this.#point(tags, 'memory/page_faults_rate', row.pageFaultsPerSecond),
			...this.#point(tags, 'memory/major_page_faults_rate', row.majorPageFaultsPerSecond),
		];
	}

	/** What only ever grows, as it is, and for how long it does. */
	#counters(tags: Tags, reading: Counted | undefined, timeMs: number): readonly Point[] {
		const {cpu, memory, startTimeMs} = reading ?? {};
		return [
			...this.#point(tags, 'cpu/usage', cpu?.usageCoreNanoseconds),
			...this.#point(tags, 'memory/page_faults', memory?.pageFaults),
			...this.#point(tags, 'memory/major_page_faults', memory?.majorPageFaults),
			...this.#point(
				tags,
				'uptime',
				startTimeMs === undefined ? undefined : Math.max(timeMs - startTimeMs, 0),
			),
		];
	}

	#traffic(tags: Tags, network: NetworkReading | undefined): readonly Point[] {
		return [
			...this.#point(tags, 'network/rx', network?.rxBytes),
			...this.#point(tags, 'network/tx', network?.txBytes),
			...this.#point(tags, 'network/rx_errors', network?.rxErrors),
			...this.#point(tags, 'network/tx_errors', network?.txErrors),
		];
	}

	#filesystem(tags: Tags, resource: string, filesystem: FilesystemReading | undefined): readonly Point[] {
		const ofResource = {...tags, resource_id: resource};
		return [
			...this.#point(ofResource, 'filesystem/usage', filesystem?.usedBytes),
			...this.#point(ofResource, 'filesystem/limit', filesystem?.capacityBytes),
			...this.#point(ofResource, 'filesystem/available', filesystem?.availableBytes),
			...this.#point(ofResource, 'filesystem/inodes', filesystem?.inodes),
			...this.#point(ofResource, 'filesystem/inodes_free', filesystem?.inodesFree),
		];
	}

	#network(tags: Tags, row: NodeRow | PodRow): readonly Point[] {
		return [
			...this.#point(tags, 'network/rx_rate', row.rxBytesPerSecond),
			...this.#point(tags, 'network/tx_rate', row.txBytesPerSecond),
			...this.#point(tags, 'network/rx_errors_rate', row.rxErrorsPerSecond),
			...this.#point(tags, 'network/tx_errors_rate', row.txErrorsPerSecond),
		];
	}

	#claims(
		tags: Tags,
		claims: {readonly requests: ResourceAmounts; readonly limits: ResourceAmounts} | undefined,
	): readonly Point[] {
		return [
			...this.#point(tags, 'cpu/request', milli(claims?.requests.cpuCores)),
			...this.#point(tags, 'cpu/limit', milli(claims?.limits.cpuCores)),
			...this.#point(tags, 'memory/request', claims?.requests.memoryBytes),
			...this.#point(tags, 'memory/limit', claims?.limits.memoryBytes),
		];
	}

	#point(tags: Tags, metric: string, value: number | undefined): readonly Point[] {
		if (value === undefined) {
			return [];
		}

		const slash = metric.indexOf('/');
		const isSplit = this.#writer.hasFields && slash !== -1;
		return [
			{
				measurement: isSplit ? metric.slice(0, slash) : metric,
				field: isSplit ? metric.slice(slash + 1) : 'value',
				tags: {...tags, cluster_name: this.#writer.clusterName},
				value,
				isInteger: metric === WHOLE_RATE || !FLOATS.test(metric),
			},
		];
	}
}

function milli(cores: number | undefined): number | undefined {
	return cores === undefined ? undefined : cores * 1000;
}

function plus(one: number | undefined, other: number | undefined): number | undefined {
	return one === undefined || other === undefined ? (one ?? other) : one + other;
}

function share(part: number | undefined, whole: number | undefined): number | undefined {
	return part === undefined || whole === undefined || whole <= 0 ? undefined : part / whole;
}

/** `app:web,tier:front`, in order. */
function labelsOf(labels: Readonly<Record<string, string>> | undefined): string | undefined {
	return (
		labels &&
		Object.entries(labels)
			.map(([name, value]) => `${name}:${value}`)
			.sort()
			.join(',')
	);
}
