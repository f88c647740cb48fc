import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {WindowSteps} from '../../../source/metrics/rings/window-steps.ts';

type Sample = {readonly timeMs: number; readonly value: number};
type Window = {readonly points: number; readonly stepMs: number; readonly endMs: number};

/** Step by step, looking at all samples each time. */
function plainly(samples: readonly Sample[], {points, stepMs, endMs}: Window, holdMs: number): number[] {
	return Array.from({length: points}, (_, point) => {
		const untilMs = endMs - (points - 1 - point) * stepMs;
		const known = samples
			.filter(({timeMs}) => timeMs > untilMs - stepMs && timeMs <= untilMs)
			.map(({value}) => value)
			.filter(value => !Number.isNaN(value));
		if (known.length > 0) {
			return known.reduce((sum, value) => sum + value, 0) / known.length;
		}

		const held = samples.findLast(({timeMs}) => timeMs <= untilMs);
		const judgedMs = point === points - 1 ? untilMs - stepMs : untilMs;
		return held !== undefined && judgedMs - held.timeMs <= holdMs ? held.value : Number.NaN;
	});
}

const sampled = fc
	.array(
		fc.tuple(fc.integer({min: 1, max: 30}), fc.oneof(fc.integer({min: 0, max: 9}), fc.constant(Number.NaN))),
		{maxLength: 30},
	)
	.map(steps => {
		let timeMs = 0;
		return steps.map(([afterMs, value]): Sample => {
			timeMs += afterMs;
			return {timeMs, value};
		});
	});
const windows = fc.record({
	points: fc.integer({min: 1, max: 20}),
	stepMs: fc.integer({min: 1, max: 50}),
	endMs: fc.integer({min: 0, max: 900}),
});

describe('the moments that stand for the steps of a window', () => {
	test('give each step what a look at all samples gives', () => {
		fc.assert(
			fc.property(sampled, windows, fc.integer({min: 0, max: 60}), (samples, window, holdMs) => {
				const into = new Float64Array(window.points).fill(Number.NaN);
				const moments = {length: samples.length, timeAt: (age: number) => samples[age]?.timeMs ?? Number.NaN};
				new WindowSteps(window, moments, holdMs).addTo(into, age => samples[age]?.value ?? Number.NaN);
				expect([...into]).toEqual(plainly(samples, window, holdMs));
			}),
		);
	});

	test('are asked for by their places', () => {
		const into = new Float64Array(3).fill(Number.NaN);
		const moments = {length: 3, timeAt: (age: number) => (age + 1) * 10};
		const steps = new WindowSteps({points: 3, stepMs: 10, endMs: 30}, moments, 10, age => 7 - age);
		steps.addTo(into, place => place);
		expect([...into]).toEqual([7, 6, 5]);
	});
});
