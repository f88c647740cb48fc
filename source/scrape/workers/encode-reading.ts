import type {
	ContainerReading,
	CpuReading,
	FilesystemReading,
	MemoryReading,
	NetworkReading,
	NodeReading,
	PodReading,
	PodReference,
	PressureReading,
	Reading,
	SwapReading,
	VolumeReading,
} from '../../metrics/model/reading.ts';
import {CONTAINER_KINDS} from './decode-reading.ts';
import type {SampleWriter} from './sample-writer.ts';

/** Writes a reading. `decodeReading` reads the same fields in the same order. */
export function encodeReading(reading: Reading, to: SampleWriter): void {
	const places = placesOfPods(reading);
	to.text(reading.nodeName);
	to.number(reading.receivedAtMs);
	to.number(reading.stampResolutionMs);
	to.number(reading.rejectedValues);
	to.optional(reading.isOfNodeAlone, value => to.flag(value));
	to.number(reading.restHoldsMs);
	to.list([...places.keys()], pod => {
		to.text(pod.uid);
		to.text(pod.namespace);
		to.text(pod.name);
	});
	to.optional(reading.node, node => encodeNode(node, to));
	to.list(reading.pods, pod => {
		to.number(places.get(pod.pod));
		encodePod(pod, to);
	});
	to.list(reading.containers, container => {
		to.number(container.pod && places.get(container.pod));
		encodeContainer(container, to);
	});
}

/** A pod's containers share its reference. */
function placesOfPods({pods, containers}: Reading): ReadonlyMap<PodReference, number> {
	const places = new Map<PodReference, number>();
	for (const {pod} of [...pods, ...containers]) {
		if (pod !== undefined && !places.has(pod)) {
			places.set(pod, places.size);
		}
	}

	return places;
}

function encodeNode(node: NodeReading, to: SampleWriter): void {
	to.number(node.startTimeMs);
	encodeUsage(node, to);
	encodeNetwork(node.network, to);
	to.list(node.filesystems, filesystem => {
		to.text(filesystem.name);
		encodeFilesystem(filesystem, to);
	});
	to.number(node.cpuCapacityCores);
	to.number(node.memoryCapacityBytes);
	to.number(node.processCount);
	to.optional(node.cores, cores =>
		to.list(cores, core => {
			to.text(core.name);
			to.number(core.busyNanoseconds);
		}),
	);
	to.optional(node.interfaces, interfaces =>
		to.list(interfaces, one => {
			to.text(one.name);
			to.number(one.rxBytes);
			to.number(one.txBytes);
			to.number(one.rxErrors);
			to.number(one.txErrors);
		}),
	);
}

function encodePod(pod: PodReading, to: SampleWriter): void {
	to.number(pod.startTimeMs);
	encodeUsage(pod, to);
	encodeNetwork(pod.network, to);
	to.flag(pod.isHostNetwork);
	to.optional(pod.ephemeralStorage, filesystem => encodeFilesystem(filesystem, to));
	to.list([...pod.volumes], volume => encodeVolume(volume, to));
	to.number(pod.processCount);
}

function encodeContainer(container: ContainerReading, to: SampleWriter): void {
	to.text(container.id);
	to.number(CONTAINER_KINDS.indexOf(container.kind));
	to.text(container.name);
	to.text(container.image);
	to.number(container.startTimeMs);
	encodeUsage(container, to);
	encodeNetwork(container.network, to);
	to.optional(container.rootFilesystem, filesystem => encodeFilesystem(filesystem, to));
	to.optional(container.logFilesystem, filesystem => encodeFilesystem(filesystem, to));
	to.number(container.cpuLimitCores);
	to.number(container.processCount);
}

type UsageReadings = Pick<ContainerReading, 'cpu' | 'memory' | 'swap' | 'pressure'>;

function encodeUsage({cpu, memory, swap, pressure}: UsageReadings, to: SampleWriter): void {
	to.optional(cpu, value => encodeCpu(value, to));
	to.optional(memory, value => encodeMemory(value, to));
	to.optional(swap, value => encodeSwap(value, to));
	to.optional(pressure, value => encodePressure(value, to));
}

function encodeCpu(cpu: CpuReading, to: SampleWriter): void {
	to.number(cpu.timeMs);
	to.number(cpu.usageCores);
	to.number(cpu.usageCoreNanoseconds);
	to.optional(cpu.throttling, throttling => {
		to.number(throttling.timeMs);
		to.number(throttling.periods);
		to.number(throttling.throttledPeriods);
		to.number(throttling.throttledNanoseconds);
	});
}

function encodeMemory(memory: MemoryReading, to: SampleWriter): void {
	to.number(memory.timeMs);
	to.number(memory.workingSetBytes);
	to.number(memory.usageBytes);
	to.number(memory.rssBytes);
	to.number(memory.cacheBytes);
	to.number(memory.availableBytes);
	to.number(memory.limitBytes);
	to.number(memory.pageFaults);
	to.number(memory.majorPageFaults);
}

function encodeSwap(swap: SwapReading, to: SampleWriter): void {
	to.number(swap.timeMs);
	to.number(swap.usageBytes);
	to.number(swap.availableBytes);
}

function encodePressure(pressure: PressureReading, to: SampleWriter): void {
	to.number(pressure.cpuSomePercent);
	to.number(pressure.cpuFullPercent);
	to.number(pressure.memorySomePercent);
	to.number(pressure.memoryFullPercent);
	to.number(pressure.ioSomePercent);
	to.number(pressure.ioFullPercent);
}

function encodeNetwork(network: NetworkReading | undefined, to: SampleWriter): void {
	to.optional(network, value => {
		to.number(value.timeMs);
		to.text(value.interfaces);
		to.number(value.rxBytes);
		to.number(value.txBytes);
		to.number(value.rxErrors);
		to.number(value.txErrors);
	});
}

function encodeFilesystem(filesystem: FilesystemReading, to: SampleWriter): void {
	to.number(filesystem.timeMs);
	to.number(filesystem.capacityBytes);
	to.number(filesystem.availableBytes);
	to.number(filesystem.usedBytes);
	to.number(filesystem.inodes);
	to.number(filesystem.inodesFree);
	to.number(filesystem.inodesUsed);
}

function encodeVolume(volume: VolumeReading, to: SampleWriter): void {
	to.text(volume.name);
	to.optional(volume.claim, claim => {
		to.text(claim.namespace);
		to.text(claim.name);
	});
	encodeFilesystem(volume, to);
}
