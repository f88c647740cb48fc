import type {CpuSplit} from '../../metrics/model/cpu-split.ts';
import type {
	ContainerKind,
	ContainerReading,
	CoreReading,
	CpuReading,
	DiskReading,
	FilesystemReading,
	InterfaceReading,
	MemoryReading,
	NamedFilesystemReading,
	NetworkReading,
	NodeReading,
	PodReference,
	PressureReading,
	SwapReading,
	ThrottlingReading,
	VolumeReading,
} from '../../metrics/model/reading.ts';
import {amount, flag, type JsonShape, list, object, record, text, time, word} from './json-shape.ts';
import type {KeyedReading, RecordedPod} from './keyed-reading.ts';

const cpu = object<CpuReading>(
	{},
	{
		timeMs: time,
		usageCores: amount,
		usageCoreNanoseconds: amount,
		split: object<CpuSplit>({}, {user: amount, system: amount}),
		throttling: object<ThrottlingReading>(
			{},
			{timeMs: time, periods: amount, throttledPeriods: amount, throttledNanoseconds: amount},
		),
	},
);

const memory = object<MemoryReading>(
	{},
	{
		timeMs: time,
		workingSetBytes: amount,
		usageBytes: amount,
		rssBytes: amount,
		cacheBytes: amount,
		availableBytes: amount,
		limitBytes: amount,
		pageFaults: amount,
		majorPageFaults: amount,
	},
);

const counters = {rxBytes: amount, txBytes: amount, rxErrors: amount, txErrors: amount};

const network = object<NetworkReading>({}, {timeMs: time, interfaces: text, ...counters});

const sizes = {
	timeMs: time,
	capacityBytes: amount,
	availableBytes: amount,
	usedBytes: amount,
	inodes: amount,
	inodesFree: amount,
	inodesUsed: amount,
};

const filesystem = object<FilesystemReading>({}, sizes);

const claim = object<NonNullable<VolumeReading['claim']>>({namespace: text, name: text}, {});

const swap = object<SwapReading>({}, {timeMs: time, usageBytes: amount, availableBytes: amount});

const pressure = object<PressureReading>(
	{},
	{
		cpuSomePercent: amount,
		cpuFullPercent: amount,
		memorySomePercent: amount,
		memoryFullPercent: amount,
		ioSomePercent: amount,
		ioFullPercent: amount,
	},
);

const node = object<NodeReading>(
	{filesystems: list(object<NamedFilesystemReading>({name: text}, sizes))},
	{
		startTimeMs: time,
		cpu,
		memory,
		network,
		swap,
		pressure,
		cpuCapacityCores: amount,
		memoryCapacityBytes: amount,
		processCount: amount,
		cores: list(object<CoreReading>({name: text}, {busyNanoseconds: amount})),
		interfaces: list(object<InterfaceReading>({name: text}, counters)),
		disks: list(object<DiskReading>({name: text}, {readBytes: amount, writtenBytes: amount, busyMs: amount})),
	},
);

const podReference = object<PodReference>({namespace: text, name: text}, {uid: text});

const pod = object<RecordedPod>(
	{
		pod: podReference,
		isHostNetwork: flag,
		volumes: list(object<VolumeReading>({name: text}, {...sizes, claim})),
	},
	{
		startTimeMs: time,
		cpu,
		memory,
		network,
		ephemeralStorage: filesystem,
		swap,
		pressure,
		processCount: amount,
	},
);

const container = object<ContainerReading>(
	{
		id: text,
		kind: word<ContainerKind>({container: true, system: true, service: true}),
		name: text,
	},
	{
		cgroup: text,
		pod: podReference,
		image: text,
		startTimeMs: time,
		cpu,
		memory,
		network,
		rootFilesystem: filesystem,
		logFilesystem: filesystem,
		swap,
		pressure,
		cpuLimitCores: amount,
		processCount: amount,
	},
);

/** A reading of a recording. */
export const readingShape: JsonShape<KeyedReading> = object<KeyedReading>(
	{
		receivedAtMs: time,
		stampResolutionMs: amount,
		pods: record(pod),
		containers: record(container),
		rejectedValues: amount,
	},
	{nodeName: text, node, isOfNodeAlone: flag, restHoldsMs: amount},
);
