import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {plainContainer, plainPod} from '../../../source/metrics/model/plain-row.ts';
import type {ContainerRow, PodRow, Usage} from '../../../source/metrics/model/row.ts';
import {LEAST_OF, SERIES_OF} from '../../../source/metrics/model/series.ts';
import {usedAlone} from '../../../source/metrics/model/unknown-reading.ts';
import {Volumes} from '../../../source/metrics/model/volumes.ts';
import {blankDraft, FigureRoom} from '../../../source/metrics/rates/figure-room.ts';
import {CONTAINER_NUMBERS, PackedContainer} from '../../../source/metrics/rates/packed-container.ts';
import {PackedPod, POD_NUMBERS} from '../../../source/metrics/rates/packed-pod.ts';
import {PLACES} from '../../../source/metrics/rates/packed-usage.ts';
import {CONTAINER_FORMS, Tracked} from '../../../source/metrics/rates/tracked.ts';
import {UNKNOWN_USAGE, UsageTracker} from '../../../source/metrics/rates/usage-tracker.ts';
import {Packing} from '../../../source/metrics/rings/packing.ts';
import {SeriesSlab} from '../../../source/metrics/rings/series-slab.ts';
import {TickRing} from '../../../source/metrics/rings/tick-ring.ts';
import {containerInfo, podInfo} from '../inventories.ts';
import {containerReading, memoryReading, podReading} from '../readings.ts';
import {containerRow, podRow} from '../rows.ts';

/** A container whose rings have two moments. */
function kept() {
	const series = SERIES_OF.container;
	const ticks = new TickRing(2);
	const slab = new SeriesSlab(
		series.map(name => new Packing(LEAST_OF[name])),
		2,
		1,
	);
	const tracker = new UsageTracker(false, 1);
	const block = {series, ticks, slab, tracker, forms: CONTAINER_FORMS};
	const tracked = new Tracked<'container'>(block, packContainer(containerRow('app')), 0);
	const record = (timeMs: number, figures: Partial<ContainerRow>) => {
		tracked.update(packContainer(containerRow('app', figures)));
		tracked.record(ticks.push(timeMs, slab.merge.bind(slab)));
		return ticks.momentAt(ticks.length - 1);
	};
	return {ticks, tracked, record};
}

const figure = fc.option(fc.double({noNaN: true}), {nil: undefined});

/** Any usage: each of its figures known or not. */
const usages: fc.Arbitrary<Usage> = fc
	.record(Object.fromEntries(Object.keys(UNKNOWN_USAGE).map(name => [name, figure])))
	.chain(numbers =>
		fc
			.record({
				cpuSplit: fc.option(fc.record({user: figure, system: figure}), {nil: undefined}),
			})
			.map(({cpuSplit}): Usage => ({...UNKNOWN_USAGE, ...numbers, cpuSplit, pressure: undefined})),
	);

const pods: fc.Arbitrary<PodRow> = fc
	.record({usage: usages, ephemeralStorageUsedBytes: figure, containerCount: figure})
	.map(({usage, ...rest}) => podRow('web', {...usage, ...rest}));

const containers: fc.Arbitrary<ContainerRow> = fc
	.record({
		usage: usages,
		cpuLimitCores: figure,
		throttledRatio: figure,
		rootFilesystemUsedBytes: figure,
		logUsedBytes: figure,
	})
	.map(({usage, ...rest}) => containerRow('app', {...usage, ...rest}));

/** Where the figures of a usage were written. */
function draftOf(usage: Usage) {
	const draft = blankDraft();
	for (const [name, own] of Object.entries(PLACES)) {
		draft.figures[draft.at + own] = usage[name as keyof typeof PLACES] ?? Number.NaN;
	}

	return draft;
}

function packPod(row: PodRow, room = new FigureRoom(0)): PackedPod {
	const {ephemeralStorageUsedBytes: used} = row;
	const draft = draftOf(row);
	const ephemeralStorage = used === undefined ? undefined : usedAlone(undefined, used);
	PackedPod.write(draft, podReading('shop', 'web', {ephemeralStorage}), row.containerCount ?? Number.NaN);
	return new PackedPod({...row, on: row}, room.keep(POD_NUMBERS, row.cpuSplit, row.pressure), {
		...row,
		volumes: Volumes.of(row.volumes),
	});
}

function packContainer(row: ContainerRow, room = new FigureRoom(0)): PackedContainer {
	const {cpuLimitCores, memoryLimitBytes: limitBytes, rootFilesystemUsedBytes, logUsedBytes} = row;
	const draft = draftOf(row);
	const filesystem = (used: number | undefined) =>
		used === undefined ? undefined : usedAlone(undefined, used);
	const reading = containerReading('app', {
		cpuLimitCores,
		memory: memoryReading({limitBytes}),
		rootFilesystem: filesystem(rootFilesystemUsedBytes),
		logFilesystem: filesystem(logUsedBytes),
	});
	PackedContainer.write(draft, reading, row.throttledRatio ?? Number.NaN);
	return new PackedContainer(
		{...row, on: row},
		room.keep(CONTAINER_NUMBERS, row.cpuSplit, row.pressure),
		row,
	);
}

describe('A packed row', () => {
	test('has all that the row had', () => {
		fc.assert(
			fc.property(pods, row => {
				expect(plainPod(packPod(row))).toEqual(row);
			}),
		);
		fc.assert(
			fc.property(containers, row => {
				expect(plainContainer(packContainer(row))).toEqual(row);
			}),
		);
	});

	test('shares an array with others and keeps its own figures', () => {
		fc.assert(
			fc.property(fc.array(pods, {maxLength: 20}), fc.nat(200), (rows, numbersAtOnce) => {
				const room = new FigureRoom(numbersAtOnce);
				expect(rows.map(row => packPod(row, room)).map(plainPod)).toEqual(rows);
			}),
		);
	});

	test('has room for its known figures alone', () => {
		const room = new FigureRoom(100);
		packPod(podRow('web', {cpuCores: 0.5, processCount: 3, containerCount: undefined}), room);
		packContainer(containerRow('app', {cpuCores: 0, logUsedBytes: 7}), room);
		expect(room.used).toBe(4);
	});

	test('has all that the row had, however many rows lack other figures', () => {
		const names = Object.keys(PLACES);
		const rows = Array.from({length: 3000}, (_, known) =>
			podRow(
				'web',
				Object.fromEntries(names.filter((_name, bit) => (known >> bit) & 1).map(name => [name, 1])),
			),
		);
		const room = new FigureRoom(0);
		expect(rows.map(row => packPod(row, room)).map(plainPod)).toEqual(rows);
	});

	test('is not taken for one with other figures by the matchers of these tests', () => {
		const [idle, busy] = [podRow('web', {cpuCores: 0}), podRow('web', {cpuCores: 1})];
		expect(packPod(idle)).not.toEqual(packPod(busy));
		expect(packPod(idle)).not.toEqual(busy);
		expect([packContainer(containerRow('a'))]).not.toEqual([packContainer(containerRow('b'))]);
		expect(packPod(idle)).toEqual(idle);
		expect(packPod(busy)).toMatchObject({name: 'web', cpuCores: 1});
	});

	test.each([
		['pod', plainPod(podRow('web')), PackedPod],
		['container', plainContainer(containerRow('app')), PackedContainer],
	])('of a %s is copied with every field', (_kind, copy, {prototype}) => {
		const names = (of: object): readonly string[] =>
			Object.entries(Object.getOwnPropertyDescriptors(of)).flatMap(([name, {get}]) =>
				get === undefined || ['identity', 'kept'].includes(name) ? [] : [name],
			);
		const getters = new Set([
			...names(prototype),
			...names(Object.getPrototypeOf(prototype)),
			...names(Object.getPrototypeOf(Object.getPrototypeOf(prototype))),
		]);
		expect([...getters].sort()).toEqual(
			Object.keys(copy)
				.filter(name => name !== 'isFrozen')
				.sort(),
		);
	});

	test('keeps its start and what is no usage where a reading leaves its object out', () => {
		const row = podRow('web', {
			cpuCores: 1,
			startTimeMs: 5,
			ephemeralStorageUsedBytes: 7,
			rxBytesPerSecond: 3,
		});
		expect(packPod(row).unmeasured(new FigureRoom(0))).toEqual(
			podRow('web', {startTimeMs: 5, ephemeralStorageUsedBytes: 7}),
		);
	});

	test('at a past moment has what the rings kept, and nothing else that is measured', () => {
		const row = packContainer(containerRow('app', {memoryUsageBytes: 9, logUsedBytes: 7, startTimeMs: 5}));
		const {ticks, tracked, record} = kept();
		const first = record(1000, {cpuCores: 0.25, throttledRatio: 0.5});
		const second = record(2000, {memoryWorkingSetBytes: 2 ** 20});
		const facts = {logUsedBytes: 7, startTimeMs: 5};
		expect(row.readAt(tracked, first)).toEqual(
			containerRow('app', {
				...facts,
				cpuCores: 0.25,
				throttledRatio: 0.5,
				sampleTimeMs: 1000,
				receivedAtMs: 1000,
			}),
		);
		// A row of one moment is as good for another one as any.
		expect(row.readAt(tracked, first).readAt(tracked, second)).toEqual(
			containerRow('app', {...facts, memoryWorkingSetBytes: 2 ** 20, sampleTimeMs: 2000, receivedAtMs: 2000}),
		);
		const unknown = containerRow('app', facts);
		expect(row.readAt(tracked, undefined)).toEqual(unknown);
		// The ring has room for two, and the slot of an object that is gone is that of another one.
		record(3000, {cpuCores: 9});
		expect(ticks.length).toBe(2);
		expect(row.readAt(tracked, first)).toEqual(unknown);
		tracked.release();
		expect(row.readAt(tracked, second).memoryWorkingSetBytes).toBeUndefined();
	});

	test('follows a clock that was set back', () => {
		const row = podRow('web', {receivedAtMs: 5000, sampleTimeMs: 4000});
		expect(packPod(row).setBack(1000, new FigureRoom(0))).toEqual({...row, receivedAtMs: 4000});
	});
});

describe('A packed container', () => {
	const info = (limits: {cpuCores?: number; memoryBytes?: number}) =>
		containerInfo('app', {limits: {cpuCores: undefined, memoryBytes: undefined, ...limits}});

	test('has the limits in force, and what is stated where none is reported', () => {
		const reported = packContainer(containerRow('app', {cpuLimitCores: 2, memoryLimitBytes: 100}));
		const silent = packContainer(containerRow('app'));
		const stated = info({cpuCores: 3, memoryBytes: 200});
		expect(reported.withInfo(podInfo('web'), stated)).toMatchObject({
			cpuLimitCores: 2,
			memoryLimitBytes: 100,
		});
		expect(silent.withInfo(podInfo('web'), stated)).toMatchObject({cpuLimitCores: 3, memoryLimitBytes: 200});
	});

	test('forgets what was stated once it is not', () => {
		const row = packContainer(containerRow('app', {memoryWorkingSetBytes: 50}));
		const limited = row.withInfo(podInfo('web'), info({memoryBytes: 200}));
		expect(limited.memoryAvailableBytes).toBe(150);
		expect(limited.withInfo(podInfo('web'), info({})).memoryLimitBytes).toBeUndefined();
	});
});
