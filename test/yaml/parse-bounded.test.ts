import {describe, expect, test} from 'vitest';
import {parseBounded} from '../../source/yaml/parse-bounded.ts';

const parse = (text: string) => parseBounded(text, {logLevel: 'error'});

test('a text within the bounds is its documents, with lines for offsets', () => {
	const parsed = parse('a: 1\n---\nb: 2\n');
	expect(parsed.kind === 'documents' && parsed.documents.map(document => document.toJS())).toEqual([
		{a: 1},
		{b: 2},
	]);
	expect(parsed.kind === 'documents' && [0, 5, 9].map(parsed.lineAt)).toEqual([1, 2, 3]);
});

describe('a text that is nested too deeply is refused, however it nests', () => {
	test.each([
		['lists in brackets', (levels: number) => '['.repeat(levels) + ']'.repeat(levels)],
		['maps in braces', (levels: number) => '{a: '.repeat(levels) + '}'.repeat(levels)],
		['lists in one line', (levels: number) => '- '.repeat(levels)],
		['keys that are maps', (levels: number) => '? '.repeat(levels)],
		[
			'maps by indentation',
			(levels: number) => Array.from({length: levels}, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
		],
	])('%s', (_, nested) => {
		expect(parse(nested(60)).kind).toBe('documents');
		expect(parse(nested(101))).toEqual({kind: 'too-large', problem: 'more than 100 levels deep'});
		expect(parse(nested(1500)).kind).toBe('too-large');
	});
});

test('a text of too many words is refused before it takes memory', () => {
	expect(parse('- a\n'.repeat(10_000)).kind).toBe('documents');
	expect(parse('- a\n'.repeat(70_000))).toEqual({
		kind: 'too-large',
		problem: 'more than 250000 words and signs',
	});
});
