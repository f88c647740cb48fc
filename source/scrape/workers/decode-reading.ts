import type {
	ContainerKind,
	ContainerReading,
	CoreReading,
	CpuReading,
	FilesystemReading,
	InterfaceReading,
	MemoryReading,
	NetworkReading,
	NodeReading,
	PodReading,
	PodReference,
	PressureReading,
	Reading,
	SwapReading,
	ThrottlingReading,
	VolumeReading,
} from '../../metrics/model/reading.ts';
import {VOLUME_FIGURES, Volumes} from '../../metrics/model/volumes.ts';
import type {SampleReader} from './sample-reader.ts';

/** By their numbers between threads. */
export const CONTAINER_KINDS: readonly ContainerKind[] = ['container', 'system', 'service'];

/** Reads what `encodeReading` wrote: the properties of each object are evaluated in the order of their writing. */
export function decodeReading(from: SampleReader): Reading {
	const nodeName = from.text();
	const receivedAtMs = from.number() ?? 0;
	const stampResolutionMs = from.number() ?? 0;
	const rejectedValues = from.number() ?? 0;
	const isOfNodeAlone = from.optional(() => from.flag());
	const restHoldsMs = from.number();
	const references = from.list(() => podReference(from));
	const podAt = (place: number | undefined): PodReference | undefined =>
		place === undefined ? undefined : references[place];
	return {
		nodeName,
		receivedAtMs,
		stampResolutionMs,
		rejectedValues,
		...(isOfNodeAlone === undefined ? {} : {isOfNodeAlone}),
		...(restHoldsMs === undefined ? {} : {restHoldsMs}),
		node: from.optional(() => node(from)),
		pods: from.list(() => pod(podAt(from.number()) ?? NO_POD, from)),
		containers: from.list(() => container(podAt(from.number()), from)),
	};
}

/** Never shown: a pod reading always has a reference. */
const NO_POD: PodReference = {uid: undefined, namespace: '', name: ''};

function podReference(from: SampleReader): PodReference {
	return {uid: from.text(), namespace: from.text() ?? '', name: from.text() ?? ''};
}

function node(from: SampleReader): NodeReading {
	const known = {
		startTimeMs: from.number(),
		cpu: cpu(from),
		memory: memory(from),
		swap: swap(from),
		pressure: pressure(from),
		network: network(from),
		filesystems: from.list(() => ({name: from.text() ?? '', ...filesystem(from)})),
		cpuCapacityCores: from.number(),
		memoryCapacityBytes: from.number(),
		processCount: from.number(),
	};
	const cores = from.optional(() => from.list(() => core(from)));
	const interfaces = from.optional(() => from.list(() => networkInterface(from)));
	return {
		...known,
		...(cores === undefined ? {} : {cores}),
		...(interfaces === undefined ? {} : {interfaces}),
	};
}

function core(from: SampleReader): CoreReading {
	return {name: from.text() ?? '', busyNanoseconds: from.number()};
}

function networkInterface(from: SampleReader): InterfaceReading {
	return {
		name: from.text() ?? '',
		rxBytes: from.number(),
		txBytes: from.number(),
		rxErrors: from.number(),
		txErrors: from.number(),
	};
}

function pod(reference: PodReference, from: SampleReader): PodReading {
	return {
		pod: reference,
		startTimeMs: from.number(),
		cpu: cpu(from),
		memory: memory(from),
		swap: swap(from),
		pressure: pressure(from),
		network: network(from),
		isHostNetwork: from.flag(),
		ephemeralStorage: optionalFilesystem(from),
		volumes: volumes(from),
		processCount: from.number(),
	};
}

function container(reference: PodReference | undefined, from: SampleReader): ContainerReading {
	return {
		id: from.text() ?? '',
		kind: CONTAINER_KINDS[from.number() ?? 0] ?? 'container',
		name: from.text() ?? '',
		pod: reference,
		image: from.text(),
		startTimeMs: from.number(),
		cpu: cpu(from),
		memory: memory(from),
		swap: swap(from),
		pressure: pressure(from),
		network: network(from),
		rootFilesystem: optionalFilesystem(from),
		logFilesystem: optionalFilesystem(from),
		cpuLimitCores: from.number(),
		processCount: from.number(),
	};
}

function cpu(from: SampleReader): CpuReading | undefined {
	return from.flag()
		? {
				timeMs: from.number(),
				usageCores: from.number(),
				usageCoreNanoseconds: from.number(),
				throttling: throttling(from),
			}
		: undefined;
}

function throttling(from: SampleReader): ThrottlingReading | undefined {
	return from.flag()
		? {
				timeMs: from.number(),
				periods: from.number(),
				throttledPeriods: from.number(),
				throttledNanoseconds: from.number(),
			}
		: undefined;
}

function memory(from: SampleReader): MemoryReading | undefined {
	return from.flag()
		? {
				timeMs: from.number(),
				workingSetBytes: from.number(),
				usageBytes: from.number(),
				rssBytes: from.number(),
				cacheBytes: from.number(),
				availableBytes: from.number(),
				limitBytes: from.number(),
				pageFaults: from.number(),
				majorPageFaults: from.number(),
			}
		: undefined;
}

function swap(from: SampleReader): SwapReading | undefined {
	return from.flag()
		? {timeMs: from.number(), usageBytes: from.number(), availableBytes: from.number()}
		: undefined;
}

function pressure(from: SampleReader): PressureReading | undefined {
	return from.flag()
		? {
				cpuSomePercent: from.number(),
				cpuFullPercent: from.number(),
				memorySomePercent: from.number(),
				memoryFullPercent: from.number(),
				ioSomePercent: from.number(),
				ioFullPercent: from.number(),
			}
		: undefined;
}

function network(from: SampleReader): NetworkReading | undefined {
	return from.flag()
		? {
				timeMs: from.number(),
				interfaces: from.text(),
				rxBytes: from.number(),
				txBytes: from.number(),
				rxErrors: from.number(),
				txErrors: from.number(),
			}
		: undefined;
}

function optionalFilesystem(from: SampleReader): FilesystemReading | undefined {
	return from.flag() ? filesystem(from) : undefined;
}

function filesystem(from: SampleReader): FilesystemReading {
	return {
		timeMs: from.number(),
		capacityBytes: from.number(),
		availableBytes: from.number(),
		usedBytes: from.number(),
		inodes: from.number(),
		inodesFree: from.number(),
		inodesUsed: from.number(),
	};
}

function volumes(from: SampleReader): Volumes {
	const count = from.number() ?? 0;
	if (count === 0) {
		return Volumes.NONE;
	}

	const names = new Array<string>(count);
	const claims = new Array<VolumeReading['claim']>(count);
	// Filled, so that V8 keeps plain numbers in it, without an object for each.
	const figures = new Array<number>(count * VOLUME_FIGURES).fill(Number.NaN);
	let hasClaim = false;
	for (let place = 0; place < count; place++) {
		names[place] = from.text() ?? '';
		const claim = from.optional(() => ({namespace: from.text() ?? '', name: from.text() ?? ''}));
		claims[place] = claim;
		hasClaim ||= claim !== undefined;
		for (let figure = 0; figure < VOLUME_FIGURES; figure++) {
			figures[place * VOLUME_FIGURES + figure] = from.figure();
		}
	}

	return new Volumes(names, hasClaim ? claims : undefined, figures);
}
