import {containerKey} from '../../metrics/model/container-key.ts';
import {KtopError} from '../../metrics/model/failure.ts';
import {podKey} from '../../metrics/model/pod-key.ts';
import type {
	ContainerReading,
	NamedFilesystemReading,
	NodeReading,
	PodReading,
	PodReference,
	Reading,
	VolumeReading,
} from '../../metrics/model/reading.ts';
import {listOf, textOf} from '../json-value.ts';
import {Quantities} from '../quantities.ts';
import {parseTimestamp} from '../timestamp.ts';
import {type HostNetwork, hostNetworkOf, isHostNetwork} from './host-network.ts';
import {
	decodeFilesystem,
	decodeInterfaces,
	decodeSummaryCpu,
	decodeSummaryMemory,
	decodeSummaryNetwork,
	decodeSummaryPressure,
	decodeSummarySwap,
	hasPressure,
} from './summary-groups.ts';
import type {
	RawFilesystem,
	RawNode,
	RawPod,
	RawSummary,
	RawVolume,
	SummaryContainer,
} from './summary-shape.ts';
import {withoutSummedCounters} from './summed-counters.ts';

/** Timestamps of /stats/summary are truncated to seconds (metav1.Time). */
const STAMP_RESOLUTION_MS = 1000;

/**
 * Decodes /stats/summary, with or without `?only_cpu_and_memory=true`. Throws `KtopError` (`bad-answer`) if the body is
 * not a summary. Invalid values become undefined and are counted in `rejectedValues`.
 */
export function decodeSummary(body: Buffer | string, receivedAtMs: number): Reading {
	const summary = parse(typeof body === 'string' ? body : body.toString('utf8'));
	const quantities = new Quantities();
	const rawNode = summary.node ?? {};
	const pressured = hasPressure(rawNode);
	const host = hostNetworkOf(rawNode.network);
	const containers: ContainerReading[] = [];
	const pods: PodReading[] = [];
	const places = new Map<string, {readonly pod: number; readonly startTimeMs: number | undefined}>();
	for (const rawPod of listOf(summary.pods)) {
		const pod = rawPod && podReference(rawPod);
		if (!rawPod || !pod) {
			continue;
		}

		const startTimeMs = parseTimestamp(rawPod.startTime);
		const key = podKey(pod);
		const known = places.get(key);
		const reading = decodePod(rawPod, pod, startTimeMs, host, quantities, pressured);
		if (known === undefined) {
			places.set(key, {pod: pods.length, startTimeMs});
			pods.push(reading);
		} else if ((startTimeMs ?? 0) > (known.startTimeMs ?? 0)) {
			// The same pod twice: use the one that started later.
			places.set(key, {pod: known.pod, startTimeMs});
			pods[known.pod] = reading;
		}

		for (const rawContainer of listOf(rawPod.containers)) {
			pushContainer(containers, rawContainer, pod, quantities, pressured);
		}
	}

	for (const rawContainer of listOf(rawNode.systemContainers)) {
		pushContainer(containers, rawContainer, undefined, quantities, pressured);
	}

	const running = withoutIdleLies(newestOfEach(containers));
	return {
		nodeName: textOf(rawNode.nodeName),
		receivedAtMs,
		stampResolutionMs: STAMP_RESOLUTION_MS,
		node: decodeNode(rawNode, quantities, pressured),
		pods: withoutSummedCounters(pods, running),
		containers: running,
		rejectedValues: quantities.rejected,
	};
}

function parse(body: string): RawSummary {
	let value: unknown;
	try {
		value = JSON.parse(body);
	} catch (error) {
		throw notASummary('is not JSON', error);
	}

	if (typeof value !== 'object' || value === null || !('node' in value || 'pods' in value)) {
		throw notASummary('has neither node nor pods');
	}

	// Safe, because all leaf fields have type `unknown` and are validated when read.
	return value as RawSummary;
}

function notASummary(what: string, cause?: unknown): KtopError {
	return new KtopError(
		{
			code: 'bad-answer',
			brief: 'not a summary',
			message: `the answer of /stats/summary ${what}`,
			hint: 'check that this is the address of a kubelet and not of a proxy',
		},
		{cause},
	);
}

function podReference(raw: RawPod): PodReference | undefined {
	const name = textOf(raw.podRef?.name);
	const namespace = textOf(raw.podRef?.namespace);
	return name === undefined || namespace === undefined
		? undefined
		: {uid: textOf(raw.podRef?.uid), namespace, name};
}

function decodeNode(raw: RawNode, quantities: Quantities, pressured: boolean): NodeReading {
	const memory = decodeSummaryMemory(raw.memory, quantities);
	const interfaces = decodeInterfaces(raw.network, quantities);
	return {
		startTimeMs: parseTimestamp(raw.startTime),
		cpu: decodeSummaryCpu(raw.cpu, quantities),
		memory,
		network: decodeSummaryNetwork(raw.network, quantities, interfaces),
		...(interfaces.length === 0 ? {} : {interfaces}),
		filesystems: decodeFilesystems(raw, quantities),
		swap: decodeSummarySwap(raw.swap, quantities),
		pressure: pressured ? decodeSummaryPressure(raw, quantities) : undefined,
		cpuCapacityCores: undefined,
		memoryCapacityBytes: memory?.limitBytes,
		processCount: quantities.read(raw.rlimit?.curproc),
	};
}

function decodeFilesystems(raw: RawNode, quantities: Quantities): readonly NamedFilesystemReading[] {
	const filesystems: NamedFilesystemReading[] = [];
	const push = (name: string, rawFilesystem: RawFilesystem | null | undefined): void => {
		const filesystem = decodeFilesystem(rawFilesystem, quantities);
		if (filesystem?.capacityBytes !== undefined) {
			filesystems.push({name, ...filesystem});
		}
	};

	push('nodefs', raw.fs);
	push('imagefs', raw.runtime?.imageFs);
	const {imageFs, containerFs} = raw.runtime ?? {};
	if (
		containerFs?.capacityBytes !== imageFs?.capacityBytes ||
		containerFs?.usedBytes !== imageFs?.usedBytes
	) {
		push('containerfs', containerFs);
	}

	return filesystems;
}

function decodePod(
	raw: RawPod,
	pod: PodReference,
	startTimeMs: number | undefined,
	host: HostNetwork,
	quantities: Quantities,
	pressured: boolean,
): PodReading {
	return {
		pod,
		startTimeMs,
		cpu: decodeSummaryCpu(raw.cpu, quantities),
		memory: decodeSummaryMemory(raw.memory, quantities),
		network: decodeSummaryNetwork(raw.network, quantities),
		isHostNetwork: isHostNetwork(raw.network, host),
		ephemeralStorage: decodeFilesystem(raw['ephemeral-storage'], quantities),
		volumes: decodeVolumes(raw, quantities),
		swap: decodeSummarySwap(raw.swap, quantities),
		pressure: pressured ? decodeSummaryPressure(raw, quantities) : undefined,
		processCount: quantities.read(raw.process_stats?.process_count),
	};
}

function decodeVolumes(raw: RawPod, quantities: Quantities): readonly VolumeReading[] {
	const volumes: VolumeReading[] = [];
	for (const rawVolume of listOf(raw.volume)) {
		const name = textOf(rawVolume?.name);
		const filesystem = decodeFilesystem(rawVolume, quantities);
		if (name !== undefined && filesystem !== undefined) {
			volumes.push({name, ...filesystem, claim: decodeClaim(rawVolume)});
		}
	}

	return volumes;
}

function decodeClaim(raw: RawVolume | null | undefined): VolumeReading['claim'] {
	const name = textOf(raw?.pvcRef?.name);
	const namespace = textOf(raw?.pvcRef?.namespace);
	return name === undefined || namespace === undefined ? undefined : {namespace, name};
}

function pushContainer(
	containers: ContainerReading[],
	raw: SummaryContainer | null | undefined,
	pod: PodReference | undefined,
	quantities: Quantities,
	pressured: boolean,
): void {
	const name = textOf(raw?.name);
	// `pods` is the sum of all pods and not a container.
	if (!raw || name === undefined || (pod === undefined && name === 'pods')) {
		return;
	}

	containers.push({
		id: pod === undefined ? `system/${name}` : name,
		kind: pod === undefined ? 'system' : 'container',
		name,
		pod,
		image: undefined,
		startTimeMs: parseTimestamp(raw.startTime),
		cpu: decodeSummaryCpu(raw.cpu, quantities),
		memory: decodeSummaryMemory(raw.memory, quantities),
		network: undefined,
		rootFilesystem: decodeFilesystem(raw.rootfs, quantities),
		logFilesystem: decodeFilesystem(raw.logs, quantities),
		swap: decodeSummarySwap(raw.swap, quantities),
		pressure: pressured ? decodeSummaryPressure(raw, quantities) : undefined,
		cpuLimitCores: undefined,
		processCount: undefined,
	});
}

/** Keeps the container that started last: kubelets also list its terminated predecessors (kubernetes#47853). */
function newestOfEach(containers: readonly ContainerReading[]): readonly ContainerReading[] {
	const newest = new Map<string, ContainerReading>();
	for (const container of containers) {
		const key = containerKey(container);
		const known = newest.get(key);
		if (known === undefined || (container.startTimeMs ?? 0) > (known.startTimeMs ?? 0)) {
			newest.set(key, container);
		}
	}

	return newest.size === containers.length ? containers : [...newest.values()];
}

/**
 * Removes `usageCores` of 0 if all of several containers with CPU time have it: the runtime then does not measure usage
 * and reports 0 (containerd#9531). The rate comes from counters with the next sample.
 */
function withoutIdleLies(containers: readonly ContainerReading[]): readonly ContainerReading[] {
	let isMeasured = false;
	let zeros = 0;
	for (const {kind, cpu} of containers) {
		if (kind === 'container' && cpu?.usageCores !== undefined) {
			isMeasured ||= cpu.usageCores > 0;
			zeros += Number(cpu.usageCores === 0 && (cpu.usageCoreNanoseconds ?? 0) > 0);
		}
	}

	return isMeasured || zeros < 2
		? containers
		: containers.map(container =>
				container.cpu?.usageCores === 0
					? {...container, cpu: {...container.cpu, usageCores: undefined}}
					: container,
			);
}
