import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {known, RateWindow, unknownNumbers} from '../../../source/metrics/rates/rate-window.ts';

type Sample = {readonly timeMs: number; readonly bytes: number | undefined};

const at = (timeMs: number, count: number | undefined): Sample => ({timeMs, bytes: count});

/** Where the numbers of the object begin. */
const AT = 3;

/** The window of one object with one counter, whose numbers lie behind others, and those behind another object's. */
class OneWindow {
	readonly #window = new RateWindow(1, 2);
	readonly #numbers = unknownNumbers(AT + 2 + this.#window.size);
	#minimumMs = 0;
	#olderMs = Number.NaN;

	add({bytes}: Sample, timeMs: number, minimumMs: number, hasRestarted: boolean) {
		this.#minimumMs = minimumMs;
		const arrival = this.#window.add(
			this.#numbers,
			AT,
			[bytes],
			timeMs,
			minimumMs,
			hasRestarted,
			this.#olderMs,
		);
		if (arrival !== 'same') {
			this.#olderMs = arrival === 'older' ? timeMs : Number.NaN;
		}

		return arrival;
	}

	get perSecond(): number | undefined {
		return known(this.#window.perSecond(this.#numbers, AT, 0, this.#minimumMs));
	}

	get windowMs(): number | undefined {
		return known(this.#window.windowMs(this.#numbers, AT, this.#minimumMs));
	}

	get lastMs(): number | undefined {
		return known(this.#window.lastMs(this.#numbers, AT));
	}

	get others(): readonly number[] {
		return [...this.#numbers.slice(0, AT + 2)];
	}

	forgetBefore(): void {
		this.#window.forgetBefore(this.#numbers, AT);
	}
}

function feed(window: OneWindow, samples: readonly Sample[], minimumMs = 0) {
	return samples.map(sample => window.add(sample, sample.timeMs, minimumMs, false));
}

describe('a rate window', () => {
	test('has no rate before the first sample, nor after one alone', () => {
		const window = new OneWindow();
		expect(window.perSecond).toBeUndefined();
		expect(feed(window, [at(1000, 5)])).toEqual(['first']);
		expect(window.perSecond).toBeUndefined();
		expect(window.windowMs).toBeUndefined();
	});

	test('measures from one sample to the next by their own stamps', () => {
		const window = new OneWindow();
		feed(window, [at(1000, 100), at(11_000, 600)]);
		expect(window.perSecond).toBe(50);
		expect(window.windowMs).toBe(10_000);
		feed(window, [at(13_000, 610)]);
		expect(window.perSecond).toBe(5);
	});

	test('takes the same stamp again for no new sample, whatever it carries', () => {
		const window = new OneWindow();
		feed(window, [at(1000, 100), at(11_000, 600)]);
		expect(feed(window, [at(11_000, 999)])).toEqual(['same']);
		expect(window.perSecond).toBe(50);
	});

	test('drops one older sample', () => {
		const window = new OneWindow();
		feed(window, [at(1000, 100), at(11_000, 600)]);
		expect(feed(window, [at(9000, 400)])).toEqual(['older']);
		expect(window.lastMs).toBe(11_000);
		expect(feed(window, [at(21_000, 1600)])).toEqual(['newer']);
		expect(window.perSecond).toBe(100);
	});

	test('starts again when older samples move forwards, because the clock was set back', () => {
		const window = new OneWindow();
		feed(window, [at(500_000, 100), at(510_000, 600)]);
		expect(feed(window, [at(20_000, 700), at(30_000, 800), at(40_000, 1000)])).toEqual([
			'older',
			'reset',
			'newer',
		]);
		expect(window.perSecond).toBe(20);
	});

	test('leaves a gap after a restart, and measures again from the sample after it', () => {
		const window = new OneWindow();
		feed(window, [at(1000, 5000), at(11_000, 6000)]);
		expect(window.add(at(21_000, 3), 21_000, 0, true)).toBe('reset');
		expect(window.perSecond).toBeUndefined();
		feed(window, [at(31_000, 13)]);
		expect(window.perSecond).toBe(1);
	});

	test('writes none of the numbers that are not its own', () => {
		const window = new OneWindow();
		feed(window, [at(1000, 5), at(11_000, 6), at(21_000, 7)], 10_000);
		window.forgetBefore();
		expect(window.others).toEqual(Array.from({length: AT + 2}, () => Number.NaN));
	});

	test('begins where another one is, as if its counters had not moved', () => {
		const [other, window] = [new RateWindow(1, 1), new RateWindow(2)];
		const [from, of] = [unknownNumbers(AT + 1 + other.size), unknownNumbers(window.size)];
		other.add(from, AT, [5], 1000, 0, false);
		other.add(from, AT, [7], 3000, 0, false);
		window.beginLike(other, from, AT, of, [0, Number.NaN]);
		expect(window.windowMs(of, 0, 0)).toBe(2000);
		window.add(of, 0, [10, 10], 5000, 0, false);
		expect([0, 1].map(counter => window.perSecond(of, 0, counter, 0))).toEqual([5, Number.NaN]);
	});

	test('keeps the counters of one sample apart', () => {
		const window = new RateWindow(3);
		const numbers = unknownNumbers(window.size);
		window.add(numbers, 0, [1, 20, undefined], 0, 0, false);
		window.add(numbers, 0, [3, 10, 5], 1000, 0, false);
		expect([0, 1, 2].map(counter => window.perSecond(numbers, 0, counter, 0))).toEqual([
			2,
			Number.NaN,
			Number.NaN,
		]);
		expect([0, 1, 2].map(counter => window.last(numbers, 0, counter))).toEqual([3, 10, 5]);
	});

	test('has no rate for a counter that either end lacks', () => {
		const window = new OneWindow();
		feed(window, [at(1000, undefined), at(11_000, 600)]);
		expect(window.perSecond).toBeUndefined();
	});

	test('with a minimum of 30 s measures over 30 to 40 s as soon as there is that much', () => {
		const window = new OneWindow();
		const windows: Array<number | undefined> = [];
		for (let second = 0; second <= 90; second += 10) {
			window.add(at(second * 1000, second), second * 1000, 30_000, false);
			windows.push(window.windowMs);
		}

		expect(windows).toEqual([
			undefined,
			10_000,
			20_000,
			30_000,
			40_000,
			30_000,
			40_000,
			30_000,
			40_000,
			30_000,
		]);
	});

	test('never gives a negative or infinite rate, whatever arrives in whatever order', () => {
		const sample = fc.record({
			timeMs: fc.integer({min: 0, max: 100_000}),
			bytes: fc.option(fc.nat(), {nil: undefined}),
			minimumMs: fc.constantFrom(0, 30_000),
			hasRestarted: fc.boolean(),
		});
		fc.assert(
			fc.property(fc.array(sample, {maxLength: 30}), samples => {
				const window = new OneWindow();
				for (const {minimumMs, hasRestarted, ...one} of samples) {
					window.add(one, one.timeMs, minimumMs, hasRestarted);
					const rate = window.perSecond;
					expect(rate === undefined || (rate >= 0 && Number.isFinite(rate))).toBe(true);
				}
			}),
		);
	});

	test('gives no rate over less than a sixth of its minimum, where stamps are too coarse for it', () => {
		const window = new OneWindow();
		const rates = [0, 1000, 4000, 5000].map(timeMs => {
			window.add(at(timeMs, timeMs), timeMs, 30_000, false);
			return window.perSecond;
		});
		expect(rates).toEqual([undefined, undefined, undefined, 1000]);
	});

	test('forgets what came before its newest sample', () => {
		const window = new OneWindow();
		window.add(at(0, 0), 0, 0, false);
		window.add(at(1000, 75_000), 1000, 0, false);
		window.forgetBefore();
		expect(window.perSecond).toBeUndefined();
		window.add(at(2000, 75_100), 2000, 0, false);
		expect(window.perSecond).toBe(100);
	});

	test('of a steady counter is the true rate, whatever the steps', () => {
		fc.assert(
			fc.property(
				fc.array(fc.integer({min: 1, max: 60_000}), {minLength: 1, maxLength: 20}),
				fc.integer({min: 0, max: 1000}),
				fc.constantFrom(0, 30_000),
				(steps, perSecond, minimumMs) => {
					const window = new OneWindow();
					let timeMs = 0;
					window.add(at(0, 0), 0, minimumMs, false);
					for (const step of steps) {
						timeMs += step;
						window.add(at(timeMs, (timeMs / 1000) * perSecond), timeMs, minimumMs, false);
					}

					if (timeMs < minimumMs / 6) {
						expect(window.perSecond).toBeUndefined();
					} else {
						expect(window.perSecond).toBeCloseTo(perSecond, 6);
					}
				},
			),
		);
	});
});
