import fc from 'fast-check';
import type {
	ContainerReading,
	CpuReading,
	FilesystemReading,
	MemoryReading,
	NetworkReading,
	NodeReading,
	PodReading,
	PressureReading,
	SwapReading,
} from '../../source/metrics/model/reading.ts';

/** Readings of which any part may be unknown, and any number anything that a decoder lets through. */

const unknownOr = <T>(known: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
	fc.option(known, {nil: undefined});

const number = unknownOr(
	fc.oneof(
		fc.constant(0),
		fc.nat(),
		fc.double({min: 0, max: 2 ** 63, maxExcluded: true, noNaN: true, noDefaultInfinity: true}),
	),
);

const cpu: fc.Arbitrary<CpuReading> = fc.record({
	timeMs: number,
	usageCores: number,
	usageCoreNanoseconds: number,
	split: unknownOr(fc.record({user: number, system: number})),
	throttling: unknownOr(
		fc.record({timeMs: number, periods: number, throttledPeriods: number, throttledNanoseconds: number}),
	),
});

const memory: fc.Arbitrary<MemoryReading> = fc.record({
	timeMs: number,
	workingSetBytes: number,
	usageBytes: number,
	rssBytes: number,
	cacheBytes: number,
	availableBytes: number,
	limitBytes: number,
	pageFaults: number,
	majorPageFaults: number,
});

const network: fc.Arbitrary<NetworkReading> = fc.record({
	timeMs: number,
	interfaces: fc.constant('eth0'),
	rxBytes: number,
	txBytes: number,
	rxErrors: number,
	txErrors: number,
});

const filesystemFields = {
	timeMs: number,
	capacityBytes: number,
	availableBytes: number,
	usedBytes: number,
	inodes: number,
	inodesFree: number,
	inodesUsed: number,
};
const filesystem: fc.Arbitrary<FilesystemReading> = fc.record(filesystemFields);

const swap: fc.Arbitrary<SwapReading> = fc.record({
	timeMs: number,
	usageBytes: number,
	availableBytes: number,
});

const pressure: fc.Arbitrary<PressureReading> = fc.record({
	cpuSomePercent: number,
	cpuFullPercent: number,
	memorySomePercent: number,
	memoryFullPercent: number,
	ioSomePercent: number,
	ioFullPercent: number,
});

const usage = {
	startTimeMs: number,
	cpu: unknownOr(cpu),
	memory: unknownOr(memory),
	network: unknownOr(network),
	swap: unknownOr(swap),
	pressure: unknownOr(pressure),
	processCount: number,
};

export const anyNode: fc.Arbitrary<NodeReading> = fc.record({
	...usage,
	filesystems: fc.array(fc.record({...filesystemFields, name: fc.constantFrom('nodefs', 'imagefs')}), {
		maxLength: 2,
	}),
	cpuCapacityCores: number,
	memoryCapacityBytes: number,
	cores: fc.constant([{name: '0', busyNanoseconds: 5}]),
	interfaces: fc.array(
		fc.record({
			name: fc.constant('eth0'),
			rxBytes: number,
			txBytes: number,
			rxErrors: number,
			txErrors: number,
		}),
		{maxLength: 1},
	),
	disks: fc.array(
		fc.record({name: fc.constant('vda'), readBytes: number, writtenBytes: number, busyMs: number}),
		{maxLength: 1},
	),
});

export const anyPod: fc.Arbitrary<Partial<PodReading>> = fc.record({
	...usage,
	isHostNetwork: fc.boolean(),
	ephemeralStorage: unknownOr(filesystem),
	volumes: fc.array(
		fc.record({
			...filesystemFields,
			name: fc.constant('data'),
			claim: unknownOr(fc.constant({namespace: 'shop', name: 'data-0'})),
		}),
		{maxLength: 2},
	),
});

export const anyContainer: fc.Arbitrary<Partial<ContainerReading>> = fc.record({
	...usage,
	kind: fc.constantFrom('container' as const, 'system' as const, 'service' as const),
	pod: unknownOr(fc.constant({uid: undefined, namespace: 'shop', name: 'web'})),
	image: unknownOr(fc.constant('registry/app:1')),
	rootFilesystem: unknownOr(filesystem),
	logFilesystem: unknownOr(filesystem),
	cpuLimitCores: number,
});
