import fc, {type Arbitrary} from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {
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
} from '../../../source/metrics/model/reading.ts';
import {decodeSummary} from '../../../source/scrape/kubelet/decode-summary.ts';
import {decodeReading} from '../../../source/scrape/workers/decode-reading.ts';
import {encodeReading} from '../../../source/scrape/workers/encode-reading.ts';
import {SampleReader} from '../../../source/scrape/workers/sample-reader.ts';
import {NumberBuffer, SampleWriter} from '../../../source/scrape/workers/sample-writer.ts';
import {recorded} from '../kubelet/recorded-kubelet.ts';

const unknown = <T>(known: Arbitrary<T>): Arbitrary<T | undefined> => fc.option(known, {nil: undefined});
const number = unknown(fc.double({noNaN: true, noDefaultInfinity: true}));
const text = fc.string({unit: 'binary', maxLength: 8});

/** With the prototype that literals have. */
const record = <T>(fields: {readonly [Name in keyof T]: Arbitrary<T[Name]>}): Arbitrary<T> =>
	fc.record(fields, {noNullPrototype: true});

// Records of every field, optional ones too: a field that is added to a reading is missed here by the compiler.
const filesystem = record<Required<FilesystemReading>>({
	timeMs: number,
	capacityBytes: number,
	availableBytes: number,
	usedBytes: number,
	inodes: number,
	inodesFree: number,
	inodesUsed: number,
});
const usage = {
	startTimeMs: number,
	cpu: unknown(
		// Kubelets do not report it.
		record<Required<Omit<CpuReading, 'split'>>>({
			timeMs: number,
			usageCores: number,
			usageCoreNanoseconds: number,
			throttling: unknown(
				record<Required<ThrottlingReading>>({
					timeMs: number,
					periods: number,
					throttledPeriods: number,
					throttledNanoseconds: number,
				}),
			),
		}),
	),
	memory: unknown(
		record<Required<MemoryReading>>({
			timeMs: number,
			workingSetBytes: number,
			usageBytes: number,
			rssBytes: number,
			cacheBytes: number,
			availableBytes: number,
			limitBytes: number,
			pageFaults: number,
			majorPageFaults: number,
		}),
	),
	network: unknown(
		record<Required<NetworkReading>>({
			timeMs: number,
			interfaces: unknown(text),
			rxBytes: number,
			txBytes: number,
			rxErrors: number,
			txErrors: number,
		}),
	),
	swap: unknown(record<Required<SwapReading>>({timeMs: number, usageBytes: number, availableBytes: number})),
	pressure: unknown(
		record<Required<PressureReading>>({
			cpuSomePercent: number,
			cpuFullPercent: number,
			memorySomePercent: number,
			memoryFullPercent: number,
			ioSomePercent: number,
			ioFullPercent: number,
		}),
	),
	processCount: number,
};
const podReference = record<Required<PodReference>>({uid: unknown(text), namespace: text, name: text});
const core = record<Required<CoreReading>>({name: text, busyNanoseconds: number});
const networkInterface = record<Required<InterfaceReading>>({
	name: text,
	rxBytes: number,
	txBytes: number,
	rxErrors: number,
	txErrors: number,
});
const volume = fc
	.tuple(
		filesystem,
		record<Omit<VolumeReading, keyof FilesystemReading>>({
			name: text,
			claim: unknown(record({namespace: text, name: text})),
		}),
	)
	.map(([of, named]): VolumeReading => ({...of, ...named}));
const node = record<Required<Omit<NodeReading, 'disks'>>>({
	...usage,
	filesystems: fc.array(fc.tuple(filesystem, text).map(([of, name]) => ({...of, name}))),
	cpuCapacityCores: number,
	memoryCapacityBytes: number,
	cores: fc.array(core),
	interfaces: fc.array(networkInterface),
});
const pod = record<Required<PodReading>>({
	...usage,
	pod: podReference,
	isHostNetwork: fc.boolean(),
	ephemeralStorage: unknown(filesystem),
	volumes: fc.array(volume),
});
const container = record<Required<Omit<ContainerReading, 'cgroup'>>>({
	...usage,
	id: text,
	kind: fc.constantFrom('container', 'system', 'service'),
	name: text,
	pod: unknown(podReference),
	image: unknown(text),
	rootFilesystem: unknown(filesystem),
	logFilesystem: unknown(filesystem),
	cpuLimitCores: number,
});
const full = record<Required<Omit<Reading, 'processes'>>>({
	nodeName: unknown(text),
	receivedAtMs: fc.integer(),
	stampResolutionMs: fc.integer(),
	rejectedValues: fc.nat(),
	isOfNodeAlone: fc.boolean(),
	restHoldsMs: fc.nat(),
	node: unknown(node),
	pods: fc.array(pod, {maxLength: 4}),
	containers: fc.array(container, {maxLength: 4}),
});
/** Without what is absent where a source has no such thing. */
const reading: Arbitrary<Reading> = fc.tuple(full, fc.boolean()).map(([all, isLess]): Reading => {
	const {isOfNodeAlone: _alone, restHoldsMs: _holds, ...rest} = all;
	const {cores: _cores, interfaces: _interfaces, ...plain} = all.node ?? {};
	return isLess ? {...rest, node: all.node && ({...plain} as NodeReading)} : all;
});

/** With its volumes in arrays. */
function plain(of: Reading): Reading {
	return {...of, pods: of.pods.map(each => ({...each, volumes: [...each.volumes]}))};
}

/** What a reader has of `readings`, which go through one writer one after the other. */
function passedOn(readings: readonly Reading[]): readonly Reading[] {
	const [writer, reader] = [new SampleWriter(), new SampleReader()];
	return readings.map(each => {
		encodeReading(each, writer);
		reader.next(structuredClone(writer.take()));
		return plain(decodeReading(reader));
	});
}

describe('a reading that goes from one thread to another as numbers', () => {
	test('arrives as it was, whatever is unknown in it', () => {
		fc.assert(
			fc.property(fc.array(reading, {minLength: 1, maxLength: 4}), readings => {
				expect(passedOn(readings)).toStrictEqual(readings);
			}),
			{numRuns: 200},
		);
	});

	test('arrives as it was when a kubelet sent it', () => {
		const readings = [1, 2, 3].map(round =>
			decodeSummary(Buffer.from(recorded(`summary-${round}.json`)), round),
		);
		expect(passedOn(readings)).toStrictEqual(readings);
	});

	test('of several kubelets in turn share the numbers that are being written', () => {
		const shared = new NumberBuffer();
		const kubelets = [1, 2].map(() => ({writer: new SampleWriter(shared), reader: new SampleReader()}));
		const arrived = [0, 1, 2, 3, 4, 5, 6, 7].map(round => {
			const {writer, reader} = kubelets[round % 2] ?? {
				writer: new SampleWriter(),
				reader: new SampleReader(),
			};
			writer.list(
				Array.from({length: round * 1000}, (_, place) => round + place),
				value => writer.number(value),
			);
			reader.next(writer.take());
			return reader.list(() => reader.number());
		});
		expect(arrived).toEqual(
			arrived.map((_, round) => Array.from({length: round * 1000}, (_each, place) => round + place)),
		);
	});

	test('is written into memory that was given back, where there is enough of it', () => {
		const numbers = new NumberBuffer();
		const [writer, reader] = [new SampleWriter(numbers), new SampleReader()];
		const pass = (values: readonly number[]): ArrayBuffer => {
			writer.list(values, value => writer.number(value));
			const encoded = writer.take();
			reader.next(encoded);
			expect(reader.list(() => reader.number())).toEqual(values);
			expect(reader.number()).toBeUndefined();
			return encoded.values.buffer;
		};
		const first = pass([1, 2, 3]);
		numbers.giveBack(first);
		expect(pass(Array.from({length: 500}, (_, value) => value))).toBe(first);
		expect(pass([4])).not.toBe(first);
		numbers.giveBack(first);
		expect(pass(Array.from({length: 2000}, (_, value) => value))).not.toBe(first);
	});

	test('are let go of when all of it was read', () => {
		const [writer, reader] = [new SampleWriter(), new SampleReader()];
		writer.number(5);
		writer.number(6);
		reader.next(writer.take());
		reader.number();
		reader.end();
		expect(reader.number()).toBeUndefined();
	});

	test('brings its texts once', () => {
		const writer = new SampleWriter();
		const counts = [1, 2].map(round => {
			encodeReading(decodeSummary(Buffer.from(recorded('summary-1.json')), round), writer);
			return writer.take().newTexts.length;
		});
		expect(counts[0]).toBeGreaterThan(50);
		expect(counts[1]).toBe(0);
	});

	test('has its containers share the reference of their pod', () => {
		const [read] = passedOn([decodeSummary(Buffer.from(recorded('summary-1.json')), 1)]);
		const references = new Set(read?.pods.map(each => each.pod));
		const shared = read?.containers.filter(each => each.pod !== undefined && references.has(each.pod));
		expect(shared?.length).toBeGreaterThan(5);
		expect(shared).toEqual(read?.containers.filter(each => each.pod !== undefined));
	});
});

describe('the texts of a kubelet', () => {
	test('arrive in whatever order, and bring what is new alone', () => {
		const names = fc.array(fc.constantFrom('a', 'b', 'c', 'd', undefined), {maxLength: 8});
		fc.assert(
			fc.property(fc.array(names, {maxLength: 6}), readings => {
				const [writer, reader] = [new SampleWriter(), new SampleReader()];
				const known = new Set<string>();
				for (const texts of readings) {
					writer.list(texts, text => writer.text(text));
					const encoded = writer.take();
					reader.next(encoded);
					expect(reader.list(() => reader.text())).toEqual(texts);
					const fresh = texts.filter(text => text !== undefined && !known.has(text));
					expect(encoded.newTexts).toEqual([...new Set(fresh)]);
					for (const text of encoded.newTexts) {
						known.add(text);
					}
				}
			}),
		);
	});

	test('are forgotten when they are used no longer, and those still in use arrive', () => {
		const [writer, reader] = [new SampleWriter(), new SampleReader()];
		let sent = 0;
		for (let round = 0; round < 500; round++) {
			for (const name of ['always', `only-${round}`]) {
				writer.text(name);
			}

			const encoded = writer.take();
			sent += encoded.newTexts.length;
			reader.next(encoded);
			expect([reader.text(), reader.text()]).toEqual(['always', `only-${round}`]);
		}

		// Once each, and `always` again with each new table: of two texts a reading some seventy fill one.
		expect(sent).toBeGreaterThan(501);
		expect(sent).toBeLessThan(515);
	});
});
