import {expect, test} from 'vitest';
import {atOnce, InTurns, type Steps} from '../../../source/metrics/view/in-turns.ts';

function* counted(to: number, steps: number[]): Steps<number> {
	for (let step = 1; step <= to; step++) {
		steps.push(step);
		yield;
	}

	return to;
}

test('a value is made a step a turn where turns have no time, and all at once where they have', () => {
	const value = new InTurns<number>();
	const steps: number[] = [];
	const advance = (hasTime: boolean): boolean =>
		value.advance(
			'key',
			() => counted(3, steps),
			() => hasTime,
		);
	expect([advance(false), advance(false), value.value, steps]).toEqual([false, false, undefined, [1, 2]]);
	expect([advance(true), value.value, steps]).toEqual([true, 3, [1, 2, 3]]);
	expect(advance(false)).toBe(true);
	expect(steps).toHaveLength(3);
	expect(atOnce(counted(2, []))).toBe(2);
});

test('another key begins anew, and the former value stays until that of the new one is ready', () => {
	const value = new InTurns<number>();
	const begun: string[] = [];
	const advance = (key: string, to: number, hasTime: boolean): boolean =>
		value.advance(
			key,
			() => {
				begun.push(key);
				return counted(to, []);
			},
			() => hasTime,
		);
	advance('one', 1, true);
	expect(advance('two', 5, false)).toBe(false);
	expect(advance('three', 3, false)).toBe(false);
	expect([value.value, value.isReady('one')]).toEqual([1, true]);
	while (!advance('three', 3, false)) {}
	expect([value.value, value.isReady('three'), begun]).toEqual([3, true, ['one', 'two', 'three']]);
});
