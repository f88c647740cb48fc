import type {ResourceAmounts} from '../../metrics/inventory.ts';
import type {BoundPods, ContainerRow, NodeRow, PodRow} from '../../metrics/row.ts';
import type {Point} from './line-protocol.ts';

export type HeapsterWriter = {
	/** The tag `cluster_name`. */
	readonly clusterName: string;
	/** With `withfields=true` the measurement is what is before the slash of a metric's name, and the field the rest. */
	readonly hasFields: boolean;
};

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

/** Makes points of rows, with Heapster's names, units and tags. What is unknown is not written. */
export class HeapsterPoints {
	readonly #writer: HeapsterWriter;

	constructor(writer: HeapsterWriter) {
		this.#writer = writer;
	}

	node(row: NodeRow): readonly Point[] {
		const tags = {type: 'node', nodename: row.name, labels: labelsOf(row.info?.labels)};
		const {allocatable, capacity} = row.info ?? {};
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
			...row.filesystems.flatMap(({name, usedBytes, capacityBytes, availableBytes}) => {
				const ofFilesystem = {...tags, resource_id: name === 'nodefs' ? '/' : name};
				return [
					...this.#point(ofFilesystem, 'filesystem/usage', usedBytes),
					...this.#point(ofFilesystem, 'filesystem/limit', capacityBytes),
					...this.#point(ofFilesystem, 'filesystem/available', availableBytes),
				];
			}),
		];
	}

	pod(row: PodRow): readonly Point[] {
		const tags = this.#podTags('pod', row);
		return [
			...this.#usage(tags, row),
			// On the host's network it would be the node's traffic.
			...(row.isHostNetwork ? [] : this.#network(tags, row)),
			...this.#claims(tags, row.info),
			...this.#point(tags, 'restart_count', row.info?.restarts),
		];
	}

	container(row: ContainerRow): readonly Point[] {
		const {pod, podInfo} = row;
		if (pod === undefined) {
			return this.#usage({type: 'sys_container', nodename: row.node, container_name: row.name}, row);
		}

		const tags = {
			...this.#podTags('pod_container', {...pod, node: row.node, info: podInfo}),
			container_name: row.name,
			container_base_image: row.info?.image ?? row.image,
		};
		return [
			...this.#usage(tags, row),
			...this.#claims(tags, row.info),
			...this.#point(tags, 'restart_count', row.info?.restarts),
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
