import {describe, expect, test} from 'vitest';
import type {Group} from './document.ts';
import {differences, type FileOutcome, merge, type TestOutcome} from './proven.ts';

const FILE = 'faults/a.test.ts';

function outcome(name: string, change: Partial<TestOutcome> = {}): TestOutcome {
	return {
		name,
		suite: 'A',
		hasPassed: true,
		reported: [{section: 'faults', cells: ['row', 'code', 12]}],
		...change,
	};
}

const ran = (...tests: readonly TestOutcome[]): readonly FileOutcome[] => [{file: FILE, tests}];
const group = (...rows: ReadonlyArray<readonly string[]>): Group => ({
	section: 'faults',
	file: FILE,
	title: 'A',
	rows,
});
const everywhere = () => true;

describe('the report after a run', () => {
	test('has a row of each test that passed, named after it', () => {
		expect(merge([], ran(outcome('x'), outcome('y', {reported: []})), everywhere)).toEqual([
			group(['x', 'row', 'code', '12']),
		]);
	});

	test('has none of a test that failed and had none before', () => {
		expect(merge([], ran(outcome('x', {hasPassed: false})), everywhere)).toEqual([]);
	});

	test('loses the row of a test that is gone or proves it no more', () => {
		const before = [group(['gone', 'row', 'code', '1'], ['x', 'other', 'code', '1'])];
		expect(merge(before, ran(outcome('x')), everywhere)).toEqual([group(['x', 'row', 'code', '12'])]);
	});

	test('keeps the row of a test that was skipped, in its place', () => {
		const before = [group(['skipped', 'row', 'code', '1'])];
		expect(merge(before, ran(outcome('skipped', {hasPassed: false}), outcome('x')), everywhere)).toEqual([
			group(['skipped', 'row', 'code', '1'], ['x', 'row', 'code', '12']),
		]);
	});

	test('keeps what files that did not run proved, and nothing of files that are gone', () => {
		const others = [
			{...group(['b', 'row', 'code', '1']), file: 'faults/b.test.ts'},
			{...group(['c', 'row', 'code', '1']), file: 'faults/c.test.ts'},
		];
		expect(merge(others, ran(), file => file !== 'faults/c.test.ts')).toEqual([others[0]]);
	});
});

describe('counts of the longest run', () => {
	const fuzzed = (count: string): Group => ({...group(['x', 'row', count]), section: 'fuzz'});
	const again = ran(outcome('x', {reported: [{section: 'fuzz', cells: ['row', 500]}]}));

	test('outlive a shorter run, and not a longer one', () => {
		expect(merge([fuzzed('1,000')], again, everywhere)).toEqual([fuzzed('1,000')]);
		expect(merge([fuzzed('99')], again, everywhere)).toEqual([fuzzed('500')]);
	});

	test('are gone with the words that they were of', () => {
		const before = {...group(['x', 'other', '1,000']), section: 'fuzz'} as const;
		expect(merge([before], again, everywhere)).toEqual([fuzzed('500')]);
	});
});

describe('two reports', () => {
	test('differ in words that changed, in both directions', () => {
		expect(differences([group(['x', 'was', 'code', '1'])], [group(['x', 'is', 'code', '1'])])).toEqual([
			`no test proved: faults | ${FILE} | A | x | was | code | a count`,
			`missing: faults | ${FILE} | A | x | is | code | a count`,
		]);
	});

	test('do not differ in counts', () => {
		expect(differences([group(['x', 'row', '1'])], [group(['x', 'row', '2,345'])])).toEqual([]);
	});
});
