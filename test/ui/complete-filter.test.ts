import {describe, expect, test} from 'vitest';
import {completeFilter, sharedBeginning} from '../../source/ui/complete-filter.ts';

const VOCABULARY = {
	columns: ['status', 'state', 'cpu'],
	valuesOf: (column: string) => (column === 'status' ? ['Running', 'Running', 'Pending', 'Run Down'] : []),
};

describe('a filter', () => {
	test.each([
		['st', {start: 0, words: ['status:', 'state:']}],
		['web !st', {start: 5, words: ['status:', 'state:']}],
		['status:r', {start: 7, words: ['Running']}],
		['status:', {start: 7, words: ['Pending', 'Running']}],
		['web ', {start: 4, words: []}],
		['zzz', {start: 0, words: []}],
	])('“%s” can go on with %j', (text, completion) => {
		expect(completeFilter(text, text.length, VOCABULARY)).toEqual(completion);
	});
});

test.each([
	[['status:', 'state:'], 'stat'],
	[['one'], 'one'],
	[['a', 'b'], ''],
	[[], ''],
])('what %j begin with is “%s”', (words, beginning) => {
	expect(sharedBeginning(words)).toBe(beginning);
});
