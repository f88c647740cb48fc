import {describe, expect, test} from 'vitest';
import {commonPrefix, completeFilter} from '../../../source/ui/state/complete-filter.ts';

const VOCABULARY = {
	columns: [
		{id: 'status', isNumber: false},
		{id: 'state', isNumber: false},
		{id: 'cpu', isNumber: true},
		{id: 'cpu%', isNumber: true},
	],
	labels: () => ['app=web', 'app=db', 'tier=front', 'app=web'],
	valuesOf: (column: string) =>
		column === 'status' ? ['Running', 'Running', 'Pending', 'Run Down', 'R\u001B[2J'] : [],
};

describe('a filter', () => {
	test.each([
		['st', {start: 0, words: ['status:', 'state:']}],
		['web !st', {start: 5, words: ['status:', 'state:']}],
		['status:r', {start: 7, words: ['Running']}],
		['status:', {start: 7, words: ['Pending', 'Running']}],
		['web ', {start: 4, words: []}],
		['zzz', {start: 0, words: []}],
		['cp', {start: 0, words: ['cpu>', 'cpu%>']}],
		['la', {start: 0, words: ['label:']}],
		['label:', {start: 6, words: ['app=', 'tier=']}],
		['!label:a', {start: 7, words: ['app=']}],
		['label:app=', {start: 6, words: ['app=db', 'app=web']}],
		['label:app=w', {start: 6, words: ['app=web']}],
	])('“%s” is completed with %j', (text, completion) => {
		expect(completeFilter(text, text.length, VOCABULARY)).toEqual(completion);
	});
});

test.each([
	[['status:', 'state:'], 'stat'],
	[['one'], 'one'],
	[['a', 'b'], ''],
	[[], ''],
])('the longest common prefix of %j is “%s”', (words, beginning) => {
	expect(commonPrefix(words)).toBe(beginning);
});
