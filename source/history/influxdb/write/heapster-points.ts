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
import {escapeTag, type LineBuffer, type LineField, lineField, tagText} from './line-protocol.ts';

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

/** The tags of an object, before and after the place of `resource_id`, which some of its series have too. */
type Tags = {readonly before: string; readonly after: string};

/** The tags of an object, except `type` and `cluster_name`. Not escaped. */
type Named = {
	readonly node?: string | undefined;
	readonly namespace?: string | undefined;
	readonly pod?: string | undefined;
	readonly container?: string | undefined;
	readonly image?: string | undefined;
	readonly labels?: Readonly<Record<string, string>> | undefined;
};

/** Writes rows and readings as points with Heapster's names, units and tags. Unknown values are not written. */
export class HeapsterPoints {
	readonly #clusterName: string;
	readonly #fields: ReadonlyMap<HeapsterMetric, LineField>;
	readonly #lines: LineBuffer;

	constructor({clusterName, hasFields}: HeapsterWriter, lines: LineBuffer) {
		this.#clusterName = escapeTag(clusterName);
		this.#lines = lines;
		this.#fields = new Map(
			Object.values(HEAPSTER).map(metric => {
				const {measurement, field} = heapsterField(metric, hasFields);
				return [metric, lineField(measurement, field, isHeapsterInteger(metric))];
			}),
		);
	}

	node(row: NodeRow, reading: NodeReading | undefined, timeMs: number): void {
		const tags = this.#tags(HEAPSTER_TYPES.node, {node: row.name, labels: row.info?.labels});
		const nodefs = reading?.filesystems.find(({name}) => name === 'nodefs');
		this.#usage(tags, row);
		this.#networkRates(tags, row);
		this.#claims(tags, row.bound);
		this.#capacity(tags, row, nodefs);
		this.#filesystem(tags, '/', nodefs);
		this.#counters(tags, reading, timeMs);
		this.#networkCounters(tags, reading?.network);
	}

	pod(row: PodRow, reading: PodReading | undefined, timeMs: number): void {
		const {namespace, name, node, info} = row;
		const tags = this.#tags(HEAPSTER_TYPES.pod, {namespace, pod: name, node, labels: info?.labels});
		this.#usage(tags, row);
		// With hostNetwork these would be the node's counters.
		if (!row.isHostNetwork) {
			this.#networkRates(tags, row);
			this.#networkCounters(tags, reading?.network);
		}

		this.#counters(tags, reading, timeMs);
		this.#point(tags, HEAPSTER.ephemeralStorageUsage, reading?.ephemeralStorage?.usedBytes);
		for (const volume of reading?.volumes ?? []) {
			this.#filesystem(tags, `Volume:${volume.name}`, volume);
		}

		this.#claims(tags, row.info);
		this.#point(tags, HEAPSTER.restartCount, row.info?.restarts);
	}

	container(row: ContainerRow, reading: ContainerReading | undefined, timeMs: number): void {
		const {pod, podInfo} = row;
		if (pod === undefined) {
			const systemTags = this.#tags(HEAPSTER_TYPES.systemContainer, {
				node: row.node,
				container: SYSTEM_NAMES.get(row.name) ?? row.name,
			});
			this.#usage(systemTags, row);
			this.#counters(systemTags, reading, timeMs);
			return;
		}

		const tags = this.#tags(HEAPSTER_TYPES.container, {
			namespace: pod.namespace,
			pod: pod.name,
			node: row.node,
			labels: podInfo?.labels,
			container: row.name,
			// Heapster sets the image only for app containers. Another tag would start another series.
			image: row.info?.kind === 'app' ? row.info.image : undefined,
		});
		this.#usage(tags, row);
		this.#claims(tags, row.info);
		this.#point(tags, HEAPSTER.restartCount, row.info?.restarts);
		this.#counters(tags, reading, timeMs);
		this.#filesystem(tags, '/', reading?.rootFilesystem);
		this.#filesystem(tags, 'logs', reading?.logFilesystem);
		this.#point(
			tags,
			HEAPSTER.ephemeralStorageUsage,
			plus(reading?.rootFilesystem?.usedBytes, reading?.logFilesystem?.usedBytes),
		);
	}

	namespace(name: string, sums: NamespaceSums): void {
		this.#sums(this.#tags(HEAPSTER_TYPES.namespace, {namespace: name}), sums);
	}

	/** Like Heapster's, the cluster is the sum of its namespaces. */
	cluster(sums: NamespaceSums): void {
		this.#sums(this.#tags(HEAPSTER_TYPES.cluster, {}), sums);
	}

	#sums(tags: Tags, {cpuCores, memoryUsageBytes, claims}: NamespaceSums): void {
		this.#point(tags, HEAPSTER.cpuUsageRate, millicores(cpuCores));
		this.#point(tags, HEAPSTER.memoryUsage, memoryUsageBytes);
		this.#claims(tags, claims);
	}

	#usage(tags: Tags, row: NodeRow | PodRow | ContainerRow): void {
		this.#point(tags, HEAPSTER.cpuUsageRate, millicores(row.cpuCores));
		this.#point(tags, HEAPSTER.memoryUsage, row.memoryUsageBytes);
		this.#point(tags, HEAPSTER.memoryWorkingSet, row.memoryWorkingSetBytes);
		this.#point(tags, HEAPSTER.memoryRss, row.memoryRssBytes);
		this.#point(tags, HEAPSTER.memoryPageFaultsRate, row.pageFaultsPerSecond);
		this.#point(tags, HEAPSTER.memoryMajorPageFaultsRate, row.majorPageFaultsPerSecond);
	}

	#capacity(tags: Tags, row: NodeRow, nodefs: FilesystemReading | undefined): void {
		const {allocatable, capacity} = row.info ?? {};
		const requests = row.bound?.requests;
		const storageBytes = allocatable?.ephemeralStorageBytes;
		this.#point(tags, HEAPSTER.cpuNodeCapacity, millicores(capacity?.cpuCores));
		this.#point(tags, HEAPSTER.cpuNodeAllocatable, millicores(allocatable?.cpuCores));
		this.#point(tags, HEAPSTER.cpuNodeUtilization, ratio(row.cpuCores, allocatable?.cpuCores));
		this.#point(tags, HEAPSTER.cpuNodeReservation, ratio(requests?.cpuCores, allocatable?.cpuCores));
		this.#point(tags, HEAPSTER.memoryNodeCapacity, capacity?.memoryBytes);
		this.#point(tags, HEAPSTER.memoryNodeAllocatable, allocatable?.memoryBytes);
		this.#point(
			tags,
			HEAPSTER.memoryNodeUtilization,
			ratio(row.memoryWorkingSetBytes, allocatable?.memoryBytes),
		);
		this.#point(tags, HEAPSTER.memoryNodeReservation, ratio(requests?.memoryBytes, allocatable?.memoryBytes));
		this.#point(tags, HEAPSTER.ephemeralStorageNodeCapacity, capacity?.ephemeralStorageBytes);
		this.#point(tags, HEAPSTER.ephemeralStorageNodeAllocatable, storageBytes);
		this.#point(tags, HEAPSTER.ephemeralStorageNodeUtilization, ratio(nodefs?.usedBytes, storageBytes));
		this.#point(tags, HEAPSTER.ephemeralStorageUsage, nodefs?.usedBytes);
	}

	#counters(tags: Tags, reading: Counted | undefined, timeMs: number): void {
		const {cpu, memory, startTimeMs} = reading ?? {};
		const uptimeMs = startTimeMs === undefined ? undefined : Math.max(timeMs - startTimeMs, 0);
		this.#point(tags, HEAPSTER.cpuUsage, cpu?.usageCoreNanoseconds);
		this.#point(tags, HEAPSTER.memoryPageFaults, memory?.pageFaults);
		this.#point(tags, HEAPSTER.memoryMajorPageFaults, memory?.majorPageFaults);
		this.#point(tags, HEAPSTER.uptime, uptimeMs);
	}

	#networkCounters(tags: Tags, network: NetworkReading | undefined): void {
		this.#point(tags, HEAPSTER.networkRx, network?.rxBytes);
		this.#point(tags, HEAPSTER.networkTx, network?.txBytes);
		this.#point(tags, HEAPSTER.networkRxErrors, network?.rxErrors);
		this.#point(tags, HEAPSTER.networkTxErrors, network?.txErrors);
	}

	#networkRates(tags: Tags, row: NodeRow | PodRow): void {
		this.#point(tags, HEAPSTER.networkRxRate, row.rxBytesPerSecond);
		this.#point(tags, HEAPSTER.networkTxRate, row.txBytesPerSecond);
		this.#point(tags, HEAPSTER.networkRxErrorsRate, row.rxErrorsPerSecond);
		this.#point(tags, HEAPSTER.networkTxErrorsRate, row.txErrorsPerSecond);
	}

	#filesystem(tags: Tags, resource: string, filesystem: FilesystemReading | undefined): void {
		if (filesystem === undefined) {
			return;
		}

		const resourceTags = {
			before: tags.before + tagText({[HEAPSTER_TAGS.resource]: escapeTag(resource)}),
			after: tags.after,
		};
		this.#point(resourceTags, HEAPSTER.filesystemUsage, filesystem.usedBytes);
		this.#point(resourceTags, HEAPSTER.filesystemLimit, filesystem.capacityBytes);
		this.#point(resourceTags, HEAPSTER.filesystemAvailable, filesystem.availableBytes);
		this.#point(resourceTags, HEAPSTER.filesystemInodes, filesystem.inodes);
		this.#point(resourceTags, HEAPSTER.filesystemInodesFree, filesystem.inodesFree);
	}

	#claims(
		tags: Tags,
		claims: {readonly requests: ResourceAmounts; readonly limits: ResourceAmounts} | undefined,
	): void {
		this.#point(tags, HEAPSTER.cpuRequest, millicores(claims?.requests.cpuCores));
		this.#point(tags, HEAPSTER.cpuLimit, millicores(claims?.limits.cpuCores));
		this.#point(tags, HEAPSTER.memoryRequest, claims?.requests.memoryBytes);
		this.#point(tags, HEAPSTER.memoryLimit, claims?.limits.memoryBytes);
	}

	#point(tags: Tags, metric: HeapsterMetric, value: number | undefined): void {
		const field = this.#fields.get(metric);
		if (value !== undefined && field !== undefined) {
			this.#lines.add(field, tags.before + tags.after, value);
		}
	}

	#tags(type: string, {node, namespace, pod, container, image, labels}: Named): Tags {
		const escaped = (text: string | undefined): string | undefined => text && escapeTag(text);
		return {
			before: tagText({
				[HEAPSTER_TAGS.cluster]: this.#clusterName,
				[HEAPSTER_TAGS.node]: escaped(node),
				[HEAPSTER_TAGS.namespace]: escaped(namespace),
				[HEAPSTER_TAGS.pod]: escaped(pod),
				[HEAPSTER_TAGS.container]: escaped(container),
				[HEAPSTER_TAGS.image]: escaped(image),
				[HEAPSTER_TAGS.labels]: labels && labelText(labels),
			}),
			after: tagText({[HEAPSTER_TAGS.type]: type}),
		};
	}
}

function millicores(cores: number | undefined): number | undefined {
	return cores === undefined ? undefined : cores * 1000;
}

/** The sum of the known amounts; undefined if both are unknown. */
export function plus(one: number | undefined, other: number | undefined): number | undefined {
	return one === undefined || other === undefined ? (one ?? other) : one + other;
}

/** Texts of labels, which are most of a series' key and the same each round. Gone with the object that has the labels. */
const labelTexts = new WeakMap<Readonly<Record<string, string>>, string>();

/** `app:web,tier:front`, sorted and escaped. */
function labelText(labels: Readonly<Record<string, string>>): string {
	let text = labelTexts.get(labels);
	if (text === undefined) {
		text = escapeTag(
			Object.entries(labels)
				.map(([name, value]) => `${name}:${value}`)
				.sort()
				.join(','),
		);
		labelTexts.set(labels, text);
	}

	return text;
}
