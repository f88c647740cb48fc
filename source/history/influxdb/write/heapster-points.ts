import type {ResourceAmounts} from '../../../metrics/model/inventory.ts';
import {ratio} from '../../../metrics/model/ratio.ts';
import type {
	ContainerReading,
	FilesystemReading,
	NetworkReading,
	NodeReading,
	PodReading,
} from '../../../metrics/model/reading.ts';
import type {BoundPods, ContainerRow, NodeRow, PodRow} from '../../../metrics/model/row.ts';
import {
	HEAPSTER,
	HEAPSTER_TAGS,
	HEAPSTER_TYPES,
	type HeapsterMetric,
	heapsterField,
	isHeapsterInteger,
} from '../heapster-names.ts';
import type {Point} from './line-protocol.ts';

export type HeapsterWriter = {
	/** The tag `cluster_name`. */
	readonly clusterName: string;
	/** Heapster's `withfields=true`: see `heapsterField`. */
	readonly hasFields: boolean;
};

/** System containers that Heapster names differently than the kubelet (metrics/sources/summary `systemNameMap`). */
const SYSTEM_NAMES: ReadonlyMap<string, string> = new Map([
	['runtime', 'docker-daemon'],
	['misc', 'system'],
]);

type Counted = Pick<NodeReading, 'cpu' | 'memory' | 'startTimeMs'>;

/** Sums over the pods of a namespace or of the cluster. */
export type NamespaceSums = {
	readonly cpuCores: number | undefined;
	readonly memoryUsageBytes: number | undefined;
	/** Requests and limits; undefined if the API server does not provide them. */
	readonly claims: BoundPods | undefined;
};

type Tags = Point['tags'];

/** Converts rows and readings to points with Heapster's names, units and tags. Unknown values are not written. */
export class HeapsterPoints {
	readonly #writer: HeapsterWriter;

	constructor(writer: HeapsterWriter) {
		this.#writer = writer;
	}

	node(row: NodeRow, reading: NodeReading | undefined, timeMs: number): readonly Point[] {
		const tags = {
			[HEAPSTER_TAGS.type]: HEAPSTER_TYPES.node,
			[HEAPSTER_TAGS.node]: row.name,
			[HEAPSTER_TAGS.labels]: labelText(row.info?.labels),
		};
		const nodefs = reading?.filesystems.find(({name}) => name === 'nodefs');
		return [
			...this.#usage(tags, row),
			...this.#networkRates(tags, row),
			...this.#claims(tags, row.bound),
			...this.#capacity(tags, row, nodefs),
			...this.#filesystem(tags, '/', nodefs),
			...this.#counters(tags, reading, timeMs),
			...this.#networkCounters(tags, reading?.network),
		];
	}

	pod(row: PodRow, reading: PodReading | undefined, timeMs: number): readonly Point[] {
		const tags = podTags(HEAPSTER_TYPES.pod, row);
		return [
			...this.#usage(tags, row),
			// With hostNetwork these would be the node's counters.
			...(row.isHostNetwork
				? []
				: [...this.#networkRates(tags, row), ...this.#networkCounters(tags, reading?.network)]),
			...this.#counters(tags, reading, timeMs),
			...this.#point(tags, HEAPSTER.ephemeralStorageUsage, reading?.ephemeralStorage?.usedBytes),
			...(reading?.volumes ?? []).flatMap(volume => this.#filesystem(tags, `Volume:${volume.name}`, volume)),
			...this.#claims(tags, row.info),
			...this.#point(tags, HEAPSTER.restartCount, row.info?.restarts),
		];
	}

	container(row: ContainerRow, reading: ContainerReading | undefined, timeMs: number): readonly Point[] {
		const {pod, podInfo} = row;
		if (pod === undefined) {
			const systemTags = {
				[HEAPSTER_TAGS.type]: HEAPSTER_TYPES.systemContainer,
				[HEAPSTER_TAGS.node]: row.node,
				[HEAPSTER_TAGS.container]: SYSTEM_NAMES.get(row.name) ?? row.name,
			};
			return [...this.#usage(systemTags, row), ...this.#counters(systemTags, reading, timeMs)];
		}

		const tags = {
			...podTags(HEAPSTER_TYPES.container, {...pod, node: row.node, info: podInfo}),
			[HEAPSTER_TAGS.container]: row.name,
			// Heapster sets the image only for app containers. Another tag would start another series.
			[HEAPSTER_TAGS.image]: row.info?.kind === 'app' ? row.info.image : undefined,
		};
		return [
			...this.#usage(tags, row),
			...this.#claims(tags, row.info),
			...this.#point(tags, HEAPSTER.restartCount, row.info?.restarts),
			...this.#counters(tags, reading, timeMs),
			...this.#filesystem(tags, '/', reading?.rootFilesystem),
			...this.#filesystem(tags, 'logs', reading?.logFilesystem),
			...this.#point(
				tags,
				HEAPSTER.ephemeralStorageUsage,
				plus(reading?.rootFilesystem?.usedBytes, reading?.logFilesystem?.usedBytes),
			),
		];
	}

	namespace(name: string, sums: NamespaceSums): readonly Point[] {
		return this.#sums(
			{[HEAPSTER_TAGS.type]: HEAPSTER_TYPES.namespace, [HEAPSTER_TAGS.namespace]: name},
			sums,
		);
	}

	/** Like Heapster's, the cluster is the sum of its namespaces. */
	cluster(sums: NamespaceSums): readonly Point[] {
		return this.#sums({[HEAPSTER_TAGS.type]: HEAPSTER_TYPES.cluster}, sums);
	}

	#sums(tags: Tags, {cpuCores, memoryUsageBytes, claims}: NamespaceSums): readonly Point[] {
		return [
			...this.#point(tags, HEAPSTER.cpuUsageRate, millicores(cpuCores)),
			...this.#point(tags, HEAPSTER.memoryUsage, memoryUsageBytes),
			...this.#claims(tags, claims),
		];
	}

	#usage(tags: Tags, row: NodeRow | PodRow | ContainerRow): readonly Point[] {
		return [
			...this.#point(tags, HEAPSTER.cpuUsageRate, millicores(row.cpuCores)),
			...this.#point(tags, HEAPSTER.memoryUsage, row.memoryUsageBytes),
			...this.#point(tags, HEAPSTER.memoryWorkingSet, row.memoryWorkingSetBytes),
			...this.#point(tags, HEAPSTER.memoryRss, row.memoryRssBytes),
			...this.#point(tags, HEAPSTER.memoryPageFaultsRate, row.pageFaultsPerSecond),
			...this.#point(tags, HEAPSTER.memoryMajorPageFaultsRate, row.majorPageFaultsPerSecond),
		];
	}

	#capacity(tags: Tags, row: NodeRow, nodefs: FilesystemReading | undefined): readonly Point[] {
		const {allocatable, capacity} = row.info ?? {};
		const requests = row.bound?.requests;
		const storageBytes = allocatable?.ephemeralStorageBytes;
		return [
			...this.#point(tags, HEAPSTER.cpuNodeCapacity, millicores(capacity?.cpuCores)),
			...this.#point(tags, HEAPSTER.cpuNodeAllocatable, millicores(allocatable?.cpuCores)),
			...this.#point(tags, HEAPSTER.cpuNodeUtilization, ratio(row.cpuCores, allocatable?.cpuCores)),
			...this.#point(tags, HEAPSTER.cpuNodeReservation, ratio(requests?.cpuCores, allocatable?.cpuCores)),
			...this.#point(tags, HEAPSTER.memoryNodeCapacity, capacity?.memoryBytes),
			...this.#point(tags, HEAPSTER.memoryNodeAllocatable, allocatable?.memoryBytes),
			...this.#point(
				tags,
				HEAPSTER.memoryNodeUtilization,
				ratio(row.memoryWorkingSetBytes, allocatable?.memoryBytes),
			),
			...this.#point(
				tags,
				HEAPSTER.memoryNodeReservation,
				ratio(requests?.memoryBytes, allocatable?.memoryBytes),
			),
			...this.#point(tags, HEAPSTER.ephemeralStorageNodeCapacity, capacity?.ephemeralStorageBytes),
			...this.#point(tags, HEAPSTER.ephemeralStorageNodeAllocatable, storageBytes),
			...this.#point(tags, HEAPSTER.ephemeralStorageNodeUtilization, ratio(nodefs?.usedBytes, storageBytes)),
			...this.#point(tags, HEAPSTER.ephemeralStorageUsage, nodefs?.usedBytes),
		];
	}

	#counters(tags: Tags, reading: Counted | undefined, timeMs: number): readonly Point[] {
		const {cpu, memory, startTimeMs} = reading ?? {};
		const uptimeMs = startTimeMs === undefined ? undefined : Math.max(timeMs - startTimeMs, 0);
		return [
			...this.#point(tags, HEAPSTER.cpuUsage, cpu?.usageCoreNanoseconds),
			...this.#point(tags, HEAPSTER.memoryPageFaults, memory?.pageFaults),
			...this.#point(tags, HEAPSTER.memoryMajorPageFaults, memory?.majorPageFaults),
			...this.#point(tags, HEAPSTER.uptime, uptimeMs),
		];
	}

	#networkCounters(tags: Tags, network: NetworkReading | undefined): readonly Point[] {
		return [
			...this.#point(tags, HEAPSTER.networkRx, network?.rxBytes),
			...this.#point(tags, HEAPSTER.networkTx, network?.txBytes),
			...this.#point(tags, HEAPSTER.networkRxErrors, network?.rxErrors),
			...this.#point(tags, HEAPSTER.networkTxErrors, network?.txErrors),
		];
	}

	#networkRates(tags: Tags, row: NodeRow | PodRow): readonly Point[] {
		return [
			...this.#point(tags, HEAPSTER.networkRxRate, row.rxBytesPerSecond),
			...this.#point(tags, HEAPSTER.networkTxRate, row.txBytesPerSecond),
			...this.#point(tags, HEAPSTER.networkRxErrorsRate, row.rxErrorsPerSecond),
			...this.#point(tags, HEAPSTER.networkTxErrorsRate, row.txErrorsPerSecond),
		];
	}

	#filesystem(tags: Tags, resource: string, filesystem: FilesystemReading | undefined): readonly Point[] {
		const resourceTags = {...tags, [HEAPSTER_TAGS.resource]: resource};
		return [
			...this.#point(resourceTags, HEAPSTER.filesystemUsage, filesystem?.usedBytes),
			...this.#point(resourceTags, HEAPSTER.filesystemLimit, filesystem?.capacityBytes),
			...this.#point(resourceTags, HEAPSTER.filesystemAvailable, filesystem?.availableBytes),
			...this.#point(resourceTags, HEAPSTER.filesystemInodes, filesystem?.inodes),
			...this.#point(resourceTags, HEAPSTER.filesystemInodesFree, filesystem?.inodesFree),
		];
	}

	#claims(
		tags: Tags,
		claims: {readonly requests: ResourceAmounts; readonly limits: ResourceAmounts} | undefined,
	): readonly Point[] {
		return [
			...this.#point(tags, HEAPSTER.cpuRequest, millicores(claims?.requests.cpuCores)),
			...this.#point(tags, HEAPSTER.cpuLimit, millicores(claims?.limits.cpuCores)),
			...this.#point(tags, HEAPSTER.memoryRequest, claims?.requests.memoryBytes),
			...this.#point(tags, HEAPSTER.memoryLimit, claims?.limits.memoryBytes),
		];
	}

	#point(tags: Tags, metric: HeapsterMetric, value: number | undefined): readonly Point[] {
		return value === undefined
			? []
			: [
					{
						...heapsterField(metric, this.#writer.hasFields),
						tags: {...tags, [HEAPSTER_TAGS.cluster]: this.#writer.clusterName},
						value,
						isInteger: isHeapsterInteger(metric),
					},
				];
	}
}

function podTags(
	type: string,
	{namespace, name, node, info}: Pick<PodRow, 'namespace' | 'name' | 'node' | 'info'>,
): Tags {
	return {
		[HEAPSTER_TAGS.type]: type,
		[HEAPSTER_TAGS.namespace]: namespace,
		[HEAPSTER_TAGS.pod]: name,
		[HEAPSTER_TAGS.node]: node,
		[HEAPSTER_TAGS.labels]: labelText(info?.labels),
	};
}

function millicores(cores: number | undefined): number | undefined {
	return cores === undefined ? undefined : cores * 1000;
}

/** The sum of the known amounts; undefined if both are unknown. */
export function plus(one: number | undefined, other: number | undefined): number | undefined {
	return one === undefined || other === undefined ? (one ?? other) : one + other;
}

/** `app:web,tier:front`, sorted. */
function labelText(labels: Readonly<Record<string, string>> | undefined): string | undefined {
	return (
		labels &&
		Object.entries(labels)
			.map(([name, value]) => `${name}:${value}`)
			.sort()
			.join(',')
	);
}
