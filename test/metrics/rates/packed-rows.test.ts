import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {plainContainer, plainPod} from '../../../source/metrics/model/plain-row.ts';
import type {ContainerRow, PodRow, Usage} from '../../../source/metrics/model/row.ts';
import {SERIES_OF} from '../../../source/metrics/model/series.ts';
import {usedAlone} from '../../../source/metrics/model/unknown-reading.ts';
import {Volumes} from '../../../source/metrics/model/volumes.ts';
import {blankDraft, FigureRoom} from '../../../source/metrics/rates/figure-room.ts';
import {
	CONTAINER_NUMBERS,
	KEPT_OF_CONTAINER,
	PackedContainer,
} from '../../../source/metrics/rates/packed-container.ts';
import {PackedPod, POD_NUMBERS} from '../../../source/metrics/rates/packed-pod.ts';
import {PLACES, placesOfSeries} from '../../../source/metrics/rates/packed-usage.ts';
import {UNKNOWN_USAGE} from '../../../source/metrics/rates/usage-tracker.ts';
import {containerInfo, podInfo} from '../inventories.ts';
import {containerReading, memoryReading, podReading} from '../readings.ts';
import {containerRow, podRow} from '../rows.ts';

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
		const row = containerRow('app', {cpuCores: 1, memoryUsageBytes: 9, throttledRatio: 0.5, startTimeMs: 5});
		const places = placesOfSeries(SERIES_OF.container, KEPT_OF_CONTAINER);
		const kept = {places, values: Float64Array.of(0.25, Number.NaN, Number.NaN, Number.NaN)};
		expect(packContainer(row).past(1000, kept, new FigureRoom(0))).toEqual(
			containerRow('app', {cpuCores: 0.25, startTimeMs: 5, sampleTimeMs: 1000, receivedAtMs: 1000}),
		);
	});

	test('at a past moment follows the clock, and becomes one of another moment, like any', () => {
		const facts = {cpuLimitCores: 2, logUsedBytes: 7, startTimeMs: 5};
		const places = placesOfSeries(SERIES_OF.container, KEPT_OF_CONTAINER);
		const room = new FigureRoom(0);
		const at = (row: PackedContainer, timeMs: number, cpuCores: number) =>
			row.past(timeMs, {places, values: Float64Array.of(cpuCores, 3, Number.NaN, 0.5)}, room);
		const past = at(packContainer(containerRow('app', {...facts, memoryCacheBytes: 9})), 1000, 0.25);
		const kept = {...facts, memoryWorkingSetBytes: 3, throttledRatio: 0.5};
		expect(past.setBack(100, room)).toEqual(
			containerRow('app', {...kept, cpuCores: 0.25, sampleTimeMs: 1000, receivedAtMs: 900}),
		);
		expect(at(past, 2000, 0.5)).toEqual(
			containerRow('app', {...kept, cpuCores: 0.5, sampleTimeMs: 2000, receivedAtMs: 2000}),
		);
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
