import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	applyDifference,
	differenceOf,
	type Json,
} from '../../../source/history/recording/structural-difference.ts';

const key = fc.oneof(
	fc.string(),
	fc.constantFrom('__proto__', 'constructor', 'toString', '=', '~', '-', '#', 'a', 'b'),
);
const json = fc.letrec<{readonly value: Json}>(tie => ({
	value: fc.oneof(
		{maxDepth: 4},
		fc.constantFrom<Json>(null, true, false, 0, 1, -1.5, '', 'x', '='),
		fc.array(tie('value'), {maxLength: 4}),
		fc.array(fc.tuple(key, tie('value')), {maxLength: 4}).map(entries => Object.fromEntries(entries) as Json),
	),
})).value;

/** As it is after it was written and read. */
const written = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('the difference of two values', () => {
	test('makes the second of the first, whatever they are', () => {
		fc.assert(
			fc.property(json, json, (before, after) => {
				const difference = differenceOf(before, after);
				const made = difference === undefined ? before : applyDifference(before, written(difference));
				expect(made).toEqual(after);
			}),
		);
	});

	test('is none where they are equal', () => {
		fc.assert(
			fc.property(json, value => {
				expect(differenceOf(value, written(value) as Json)).toBeUndefined();
			}),
		);
	});

	test('makes the first value of nothing', () => {
		fc.assert(
			fc.property(json, value => {
				expect(applyDifference(undefined, written(differenceOf(undefined, value)))).toEqual(value);
			}),
		);
	});

	test('contains only what changed and what was removed', () => {
		const before = {same: {deep: 1}, changed: 1, gone: 2, list: [{a: 1}, {a: 2}]};
		const after = {same: {deep: 1}, changed: 3, list: [{a: 1}, {a: 5}]};
		expect(differenceOf(before, after)).toEqual({
			'~': {changed: 3, list: {'#': [[1, {'~': {a: 5}}]]}},
			'-': ['gone'],
		});
	});

	test('counts an undefined value as an absent one', () => {
		expect(differenceOf({a: 1}, {a: 1, b: undefined} as unknown as Json)).toBeUndefined();
		expect(differenceOf({a: 1, b: 2}, {a: 1, b: undefined} as unknown as Json)).toEqual({'-': ['b']});
	});

	test('changes no prototype', () => {
		const difference = JSON.parse('{"~":{"__proto__":{"=":{"polluted":true}}}}');
		const made = applyDifference({}, difference);
		expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
		expect(({} as {polluted?: boolean}).polluted).toBeUndefined();
	});

	test.each([
		['elements of no array', {}, {'#': [[0, 1]]}],
		['an element that is not there', [1], {'#': [[1, 1]]}],
		['an element at a name', [1], {'#': [['length', 1]]}],
		['keys of no object', 3, {'~': {a: 1}}],
		['no keys', {}, {'~': 3}],
		['a list', {}, [1]],
	])('that does not fit (%s) is an error', (_what, before, difference) => {
		expect(() => applyDifference(before as Json, difference)).toThrow(TypeError);
	});
});
