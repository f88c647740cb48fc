import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {plainUsage} from '../../../source/metrics/model/plain-row.ts';
import type {CpuReading, Reading} from '../../../source/metrics/model/reading.ts';
import type {Usage} from '../../../source/metrics/model/row.ts';
import {asWritten} from '../../../source/metrics/rates/figure-room.ts';
import {PackedUsage, PLACES, USAGE_NUMBERS} from '../../../source/metrics/rates/packed-usage.ts';
import {known} from '../../../source/metrics/rates/rate-window.ts';
import {
	type ContainersCpu,
	type UsageReading,
	UsageTracker,
} from '../../../source/metrics/rates/usage-tracker.ts';
import {cpuReading, memoryReading, networkReading, nodeReading, reading} from '../readings.ts';

/** One object of a kind that has two others, of which nothing is known. */
class OneObject {
	readonly #tracker = new UsageTracker(true, 2);

	constructor() {
		for (const slot of [0, 1, 2]) {
			this.#tracker.begin(slot, 0);
		}
	}

	observe(
		object: UsageReading,
		from: Pick<Reading, 'receivedAtMs' | 'stampResolutionMs'>,
		cores?: number,
		containers?: ContainersCpu,
	): Usage {
		return observe(this.#tracker, 1, object, from, cores, containers);
	}

	get throttledRatio(): number | undefined {
		return known(this.#tracker.throttledRatio(1));
	}
}

/** The usage that a tracker writes, behind another's figure. */
function observe(
	tracker: UsageTracker,
	slot: number,
	object: UsageReading,
	from: Pick<Reading, 'receivedAtMs' | 'stampResolutionMs'>,
	cores?: number,
	containers?: ContainersCpu,
): Usage {
	const place = {figures: [7], at: 1};
	const split = tracker.observe(slot, object, from, place, cores, containers);
	expect(place.figures).toHaveLength(1 + USAGE_NUMBERS);
	return plainUsage(new PackedUsage(asWritten(place, split)));
}

/** What the CPU reads after each sample, the source's stamps and ktop's clock in step. */
function cpuCores(samples: ReadonlyArray<Partial<CpuReading>>, stampResolutionMs = 1) {
	const tracker = new OneObject();
	return samples.map(sample => {
		const object = nodeReading({cpu: cpuReading(sample)});
		return tracker.observe(object, reading(sample.timeMs ?? 0, {stampResolutionMs})).cpuCores;
	});
}

describe('CPU', () => {
	test('is what the source measured, from the first sample on', () => {
		expect(cpuCores([{timeMs: 1000, usageCores: 0.25, usageCoreNanoseconds: 5e9}])).toEqual([0.25]);
	});

	test('comes from the counter where the source measured nothing', () => {
		expect(
			cpuCores([
				{timeMs: 0, usageCoreNanoseconds: 1e9},
				{timeMs: 2000, usageCoreNanoseconds: 4e9},
			]),
		).toEqual([undefined, 1.5]);
	});

	test('is unknown for a pod whose counter was replaced, as its containers show', () => {
		const tracker = new OneObject();
		/** Seconds that the pod and its one container have used; 0.05 cores, first as the container's alone. */
		const seen = [
			[0, 50, 50],
			[10_000, 50.6, 50.45],
			[20_000, 58, 50.95],
			[30_000, 58.5, 51.4],
		].map(([timeMs = 0, pod = 0, container = 0]) => {
			const cpu = cpuReading({timeMs, usageCoreNanoseconds: pod * 1e9});
			const containers = {counter: container * 1e9, cores: 0.05};
			return tracker.observe(nodeReading({cpu}), reading(timeMs), undefined, containers).cpuCores;
		});
		expect(seen).toEqual([undefined, expect.closeTo(0.06), undefined, expect.closeTo(0.05)]);
	});

	test('distrusts a 0 once its counter is seen to move', () => {
		expect(
			cpuCores([
				{timeMs: 0, usageCores: 0, usageCoreNanoseconds: 1e9},
				{timeMs: 10_000, usageCores: 0, usageCoreNanoseconds: 6e9},
			]),
		).toEqual([0, 0.5]);
	});

	test('believes a 0 beside a counter that stands still', () => {
		expect(
			cpuCores([
				{timeMs: 0, usageCores: 0.4, usageCoreNanoseconds: 1e9},
				{timeMs: 10_000, usageCores: 0, usageCoreNanoseconds: 1e9},
			]),
		).toEqual([0.4, 0]);
	});

	test('believes a 0 where there is no counter to check it by', () => {
		expect(cpuCores([{timeMs: 0, usageCores: 0}])).toEqual([0]);
	});

	test('is held while the source repeats its sample', () => {
		expect(
			cpuCores([
				{timeMs: 0, usageCoreNanoseconds: 0},
				{timeMs: 1000, usageCoreNanoseconds: 5e8},
				{timeMs: 1000, usageCoreNanoseconds: 5e8},
			]),
		).toEqual([undefined, 0.5, 0.5]);
	});

	test('has a gap, not a spike, where the counter went back', () => {
		expect(
			cpuCores([
				{timeMs: 0, usageCoreNanoseconds: 8e9},
				{timeMs: 1000, usageCoreNanoseconds: 9e9},
				{timeMs: 2000, usageCoreNanoseconds: 1e8},
				{timeMs: 3000, usageCoreNanoseconds: 3e8},
			]),
		).toEqual([undefined, 1, undefined, 0.2]);
	});

	test('has a gap where the container restarted, though its counter is already higher', () => {
		const tracker = new OneObject();
		const observe = (timeMs: number, startTimeMs: number, usageCoreNanoseconds: number) =>
			tracker.observe(
				nodeReading({startTimeMs, cpu: cpuReading({timeMs, usageCoreNanoseconds})}),
				reading(timeMs),
			).cpuCores;
		expect([observe(1000, 0, 1e9), observe(2000, 0, 2e9), observe(60_000, 5000, 30e9)]).toEqual([
			undefined,
			1,
			undefined,
		]);
	});

	test('is not broken by another start time from before the last sample', () => {
		const tracker = new OneObject();
		const observe = (timeMs: number, startTimeMs: number, usageCoreNanoseconds: number) =>
			tracker.observe(
				nodeReading({startTimeMs, cpu: cpuReading({timeMs, usageCoreNanoseconds})}),
				reading(timeMs),
			).cpuCores;
		expect([observe(100_000, 10, 1e9), observe(101_000, 50_000, 2e9)]).toEqual([undefined, 1]);
	});

	test('of whole-second stamps is measured over 30 s, so that a second more or less weighs little', () => {
		// The counter grows by half a core; the stamps are cut to whole seconds, so single steps read 9 and 11 s.
		const samples = [0, 9, 20, 29, 40, 49].map((stampSeconds, step) => ({
			timeMs: stampSeconds * 1000,
			usageCoreNanoseconds: step * 10 * 0.5e9,
		}));
		const cores = cpuCores(samples, 1000);
		expect(cores[1]).toBeCloseTo(0.556, 3);
		expect(cores[5]).toBeCloseTo(0.5, 1);
	});

	test('is placed by ktop’s clock where the source gives no time', () => {
		const tracker = new OneObject();
		const observe = (receivedAtMs: number, usageCoreNanoseconds: number) =>
			tracker.observe(nodeReading({cpu: cpuReading({usageCoreNanoseconds})}), reading(receivedAtMs)).cpuCores;
		expect([observe(1000, 0), observe(3000, 1e9)]).toEqual([undefined, 0.5]);
	});
});

describe('user and system CPU', () => {
	const splitOf = (
		...samples: ReadonlyArray<readonly [timeMs: number, user: number, system: number | undefined]>
	) => {
		const tracker = new OneObject();
		return samples.map(([timeMs, user, system]) => {
			const cpu = cpuReading({timeMs, split: {user: user * 1e9, system: system && system * 1e9}});
			return tracker.observe(nodeReading({cpu}), reading(timeMs)).cpuSplit;
		});
	};

	test('are rates of their counters', () => {
		expect(splitOf([0, 1, 1], [2000, 4, 2])).toEqual([undefined, {user: 1.5, system: 0.5}]);
	});

	test('have a gap where a counter went back, and one can be unknown', () => {
		expect(splitOf([0, 5, 1], [2000, 4, 2], [4000, 6, 2])).toEqual([
			undefined,
			undefined,
			{user: 1, system: 0},
		]);
		expect(splitOf([0, 1, undefined], [1000, 2, undefined])).toEqual([
			undefined,
			{user: 1, system: undefined},
		]);
	});

	test('are unknown where the source does not tell them apart', () => {
		const cpu = cpuReading({timeMs: 0, usageCores: 1});
		expect(new OneObject().observe(nodeReading({cpu}), reading(0)).cpuSplit).toBeUndefined();
	});
});

describe('throttling', () => {
	test('is the share of periods since the sample before', () => {
		const tracker = new OneObject();
		for (const [timeMs, periods, throttledPeriods] of [
			[0, 1000, 10],
			[10_000, 1100, 35],
		] as const) {
			const throttling = {timeMs: undefined, periods, throttledPeriods, throttledNanoseconds: undefined};
			tracker.observe(nodeReading({cpu: cpuReading({timeMs, throttling})}), reading(timeMs));
		}

		expect(tracker.throttledRatio).toBe(0.25);
	});

	/** A kubelet's CPU times are stamped in whole seconds, and its throttling is read more rarely, by other stamps. */
	const ratios = (
		samples: ReadonlyArray<
			readonly [
				timeMs: number,
				throttling: readonly [timeMs: number, periods: number, throttledPeriods: number] | undefined,
				startTimeMs?: number,
			]
		>,
	): ReadonlyArray<number | undefined> => {
		const tracker = new OneObject();
		return samples.map(([timeMs, throttling, startTimeMs]) => {
			const [stampMs, periods, throttledPeriods] = throttling ?? [];
			const cpu = cpuReading({
				timeMs,
				throttling: throttling && {
					timeMs: stampMs,
					periods,
					throttledPeriods,
					throttledNanoseconds: undefined,
				},
			});
			tracker.observe(nodeReading({cpu, startTimeMs}), reading(timeMs, {stampResolutionMs: 1000}));
			return tracker.throttledRatio;
		});
	};

	test('goes by stamps of its own, however coarse those of the CPU time are', () => {
		expect(
			ratios([
				[0, [100, 1000, 10]],
				[10_000, [100, 1000, 10]],
				[10_000, [9900, 1100, 35]],
				[20_000, [9900, 1100, 35]],
				[30_000, [19_900, 1200, 85]],
			]),
		).toEqual([undefined, undefined, 0.25, 0.25, 0.5]);
	});

	test('is unknown as soon as it is not read, and known again with the next sample', () => {
		expect(
			ratios([
				[0, [0, 1000, 10]],
				[10_000, [10_000, 1100, 35]],
				[20_000, undefined],
				[30_000, [30_000, 1200, 85]],
			]),
		).toEqual([undefined, 0.25, undefined, 0.5]);
	});

	test('starts again with a container that restarted', () => {
		expect(
			ratios([
				[0, [0, 100, 0], 0],
				[10_000, undefined, 5000],
				[20_000, [20_000, 150, 50], 5000],
				[30_000, [30_000, 250, 100], 5000],
			]),
		).toEqual([undefined, undefined, undefined, 0.5]);
		expect(
			ratios([
				[0, [0, 100, 50]],
				[10_000, [10_000, 20, 10]],
				[20_000, [20_000, 120, 60]],
			]),
		).toEqual([undefined, undefined, 0.5]);
	});

	test('is unknown where no period passed', () => {
		const tracker = new OneObject();
		for (const timeMs of [0, 10_000]) {
			const throttling = {timeMs: undefined, periods: 0, throttledPeriods: 0, throttledNanoseconds: 0};
			tracker.observe(nodeReading({cpu: cpuReading({timeMs, throttling})}), reading(timeMs));
		}

		expect(tracker.throttledRatio).toBeUndefined();
	});
});

describe('memory, network and age', () => {
	test('network rates tell the window that they were measured over', () => {
		const tracker = new OneObject();
		const observe = (timeMs: number, rxBytes: number, txErrors: number | undefined) =>
			tracker.observe(nodeReading({network: networkReading({timeMs, rxBytes, txErrors})}), reading(timeMs));
		observe(0, 1000, 5);
		expect(observe(20_000, 3000, undefined)).toMatchObject({
			rxBytesPerSecond: 100,
			txBytesPerSecond: undefined,
			txErrorsPerSecond: undefined,
			networkWindowMs: 20_000,
		});
	});

	test('errors are measured as any counter of the network, whether they begin at zero or not', () => {
		const step = fc.record({
			stepMs: fc.integer({min: -20_000, max: 40_000}),
			errors: fc.oneof({weight: 2, arbitrary: fc.constant(0)}, fc.nat(100)),
			stampResolutionMs: fc.constantFrom(1, 1000),
			startTimeMs: fc.option(fc.integer({min: 0, max: 200_000}), {nil: undefined}),
		});
		fc.assert(
			fc.property(fc.array(step, {maxLength: 20}), steps => {
				const [tracker, other] = [new OneObject(), new OneObject()];
				let [timeMs, errors] = [100_000, 0];
				for (const {stepMs, startTimeMs, stampResolutionMs, ...more} of steps) {
					timeMs += stepMs;
					errors += more.errors;
					const usageOf = (object: OneObject, counters: Parameters<typeof networkReading>[0]) =>
						object.observe(
							nodeReading({startTimeMs, network: networkReading({timeMs, ...counters})}),
							reading(timeMs, {stampResolutionMs}),
						);
					const usage = usageOf(tracker, {rxBytes: 0, rxErrors: errors, txErrors: errors});
					const {rxBytesPerSecond} = usageOf(other, {rxBytes: errors});
					expect([usage.rxErrorsPerSecond, usage.txErrorsPerSecond]).toEqual([
						rxBytesPerSecond,
						rxBytesPerSecond,
					]);
				}
			}),
		);
	});

	test.each([0, 5])('errors that a sample does not tell are unknown after a counter of %s', before => {
		const tracker = new OneObject();
		const observe = (timeMs: number, rxErrors: number | undefined) =>
			tracker.observe(
				nodeReading({network: networkReading({timeMs, rxBytes: 0, rxErrors})}),
				reading(timeMs),
			);
		expect(
			[before, before, undefined, 7, 8].map((errors, at) => observe(at * 1000, errors).rxErrorsPerSecond),
		).toEqual([undefined, 0, undefined, undefined, 1]);
	});

	test('errors are those of before while the network is not asked for', () => {
		const tracker = new UsageTracker(true, 1);
		tracker.begin(0, 0);
		const observe = (timeMs: number, rxErrors: number, isAsked: boolean) => {
			const place = {figures: [], at: 0};
			const network = isAsked ? networkReading({timeMs, rxBytes: 0, rxErrors, txErrors: 0}) : undefined;
			tracker.observe(0, nodeReading({network}), reading(timeMs), place, undefined, undefined, !isAsked);
			return [PLACES.rxErrorsPerSecond, PLACES.txErrorsPerSecond].map(at => known(place.figures[at]));
		};
		observe(0, 0, true);
		expect(observe(1000, 3, true)).toEqual([3, 0]);
		expect(observe(2000, 3, false)).toEqual([3, 0]);
	});

	test('age counts from the arrival of the newest sample, not from its repetitions or the node’s clock', () => {
		const tracker = new OneObject();
		const observe = (receivedAtMs: number, timeMs: number) =>
			tracker.observe(
				nodeReading({memory: memoryReading({timeMs, workingSetBytes: 1})}),
				reading(receivedAtMs),
			);
		const skewMs = 5_000_000;
		expect(observe(1000, skewMs).receivedAtMs).toBe(1000);
		expect(observe(11_000, skewMs).receivedAtMs).toBe(1000);
		expect(observe(21_000, skewMs + 15_000)).toMatchObject({
			receivedAtMs: 21_000,
			sampleTimeMs: skewMs + 15_000,
		});
	});

	test('what a reading lacks is unknown, though the one before had it', () => {
		const tracker = new OneObject();
		tracker.observe(
			nodeReading({
				cpu: cpuReading({timeMs: 0, usageCores: 1}),
				memory: memoryReading({timeMs: 0, workingSetBytes: 5, rssBytes: 3}),
			}),
			reading(0),
		);
		expect(tracker.observe(nodeReading(), reading(10_000))).toMatchObject({
			cpuCores: undefined,
			memoryWorkingSetBytes: undefined,
			memoryRssBytes: undefined,
		});
	});

	test('page faults become a rate', () => {
		const tracker = new OneObject();
		const observe = (timeMs: number, pageFaults: number) =>
			tracker.observe(nodeReading({memory: memoryReading({timeMs, pageFaults})}), reading(timeMs));
		observe(0, 100);
		expect(observe(10_000, 350).pageFaultsPerSecond).toBe(25);
	});
});

describe('a clock of the source that is set ahead', () => {
	const HOUR_MS = 3_600_000;

	/** After each step, received every 10 s: 1 core, and 100 bytes, 10 of them errors, and page faults a second. */
	function usages(offsetsMs: readonly number[], isNetworkRead = (_step: number): boolean => true) {
		const tracker = new OneObject();
		return offsetsMs.map((offsetMs, step) => {
			const receivedAtMs = step * 10_000;
			const timeMs = receivedAtMs + offsetMs;
			const nanoseconds = step * 10e9;
			const errors = {rxErrors: 1 + step * 100, txErrors: 1 + step * 100};
			const network = networkReading({timeMs, rxBytes: step * 1000, txBytes: step * 1000, ...errors});
			const object = nodeReading({
				cpu: cpuReading({
					timeMs,
					usageCoreNanoseconds: nanoseconds,
					split: {user: nanoseconds, system: 0},
				}),
				memory: memoryReading({timeMs, pageFaults: step * 1000}),
				network: isNetworkRead(step) ? network : undefined,
			});
			const {cpuCores, cpuSplit, pageFaultsPerSecond, rxBytesPerSecond, rxErrorsPerSecond} = tracker.observe(
				object,
				reading(receivedAtMs),
			);
			return [cpuCores, cpuSplit?.user, pageFaultsPerSecond, rxBytesPerSecond, rxErrorsPerSecond];
		});
	}

	const TRUE = [1, 1, 100, 100, 10];
	const UNKNOWN = TRUE.map(() => undefined);

	test('is a gap, and no rate over an hour that never passed', () => {
		expect(usages([0, 0, HOUR_MS, HOUR_MS])).toEqual([UNKNOWN, TRUE, UNKNOWN, TRUE]);
		expect(usages([-HOUR_MS, -HOUR_MS, 0, 0])).toEqual([UNKNOWN, TRUE, UNKNOWN, TRUE]);
	});

	test('is one for traffic too, which was not read then', () => {
		const [, , , first, second] = usages([0, 0, HOUR_MS, HOUR_MS, HOUR_MS], step => step !== 2);
		expect(first).toEqual([1, 1, 100, undefined, undefined]);
		expect(second).toEqual(TRUE);
	});

	test('is not seen in samples that are late by less than a minute, or in a source that was not read for an hour', () => {
		expect(usages([-50_000, 0]).at(-1)?.[0]).toBeCloseTo(10 / 60);
		const tracker = new OneObject();
		const observe = (timeMs: number, usageCoreNanoseconds: number) =>
			tracker.observe(nodeReading({cpu: cpuReading({timeMs, usageCoreNanoseconds})}), reading(timeMs))
				.cpuCores;
		observe(0, 0);
		expect(observe(HOUR_MS, HOUR_MS * 1e6)).toBe(1);
	});
});

describe('the objects of one kind', () => {
	type Step = {readonly slot: number; readonly isNew: boolean; readonly usageCoreNanoseconds: number};
	const step: fc.Arbitrary<Step> = fc.record({
		slot: fc.integer({min: 0, max: 20}),
		isNew: fc.boolean(),
		usageCoreNanoseconds: fc.integer({min: 0, max: 1e9}),
	});

	test.each([true, false])(
		'are measured as if each were alone, and one in the slot of another as new (with a network: %s)',
		hasNetwork => {
			fc.assert(
				fc.property(fc.array(step, {maxLength: 100}), steps => {
					const together = new UsageTracker(hasNetwork, 4);
					const alone = new Map<number, OneObject>();
					for (const [index, {slot, isNew, usageCoreNanoseconds}] of steps.entries()) {
						const one = isNew ? undefined : alone.get(slot);
						if (one === undefined) {
							together.begin(slot, 0);
						}

						const object = one ?? new OneObject();
						alone.set(slot, object);
						const timeMs = index * 10_000;
						const sample = nodeReading({
							cpu: cpuReading({
								timeMs,
								usageCoreNanoseconds,
								split: {user: usageCoreNanoseconds, system: index},
								throttling: {
									timeMs,
									throttledNanoseconds: 0,
									periods: index,
									throttledPeriods: usageCoreNanoseconds % (index + 1),
								},
							}),
							memory: memoryReading({timeMs, pageFaults: usageCoreNanoseconds}),
							network: networkReading({timeMs, rxBytes: usageCoreNanoseconds}),
						});
						expect(observe(together, slot, sample, reading(timeMs))).toEqual(
							object.observe(sample, reading(timeMs)),
						);
						expect(known(together.throttledRatio(slot))).toBe(object.throttledRatio);
					}
				}),
			);
		},
	);
});
