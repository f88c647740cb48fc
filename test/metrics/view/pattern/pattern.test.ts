import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parsePattern} from '../../../../source/metrics/view/pattern/pattern.ts';

function isIn(pattern: string, text: string): boolean | string {
	const parsed = parsePattern(pattern);
	return 'problem' in parsed ? parsed.problem : parsed.isIn(text);
}

describe('a pattern', () => {
	test.each([
		['web', 'my-WEB-1', true],
		['WEB', 'web', true],
		['db|web', 'web-1', true],
		['db|web', 'cache', false],
		['db|', 'cache', false],
		['|db|', 'db', true],
		['', 'anything', true],
		['|', 'anything', true],
		['1.25', '1.25.3', true],
		['1.25', '1925', false],
		['^db', 'db-1', true],
		['^db', 'mydb', false],
		['web$', 'my-web', true],
		['web$', 'web-1', false],
		['^web$', 'web', true],
		['^$', '', true],
		['^$', 'a', false],
		['^db|^web', 'web-1', true],
		['^db|', 'cache', false],
		['^(db|web)-\\d+$', 'DB-17', true],
		['^(?:db|web)-\\d+$', 'db-x', false],
		['(^|-)db', 'my-db', true],
		['(^|-)db', 'mydb', false],
		['w.b', 'wab', false],
		['w.b$', 'wab', true],
		['we?b', 'wb', true],
		['we*b', 'weeeb', true],
		['we+b', 'wb', false],
		['^a{2}$', 'aa', true],
		['^a{2}$', 'aaa', false],
		['^a{2,}$', 'aaaa', true],
		['^a{1,2}$', 'aaa', false],
		['a+?b', 'aab', true],
		['[A-C]-', 'b-', true],
		['[^a-c]', 'abc', false],
		['[^a-c]', 'abcd', true],
		['[a\\]-]$', 'x-', true],
		['\\(x\\)', 'a (x)', true],
		['\\w+\\s\\W\\D\\S', 'ab -cd', true],
		['(a|)b', 'b', true],
		['É[à-ï]', 'éç', true],
		['()', 'a', true],
	])('“%s” in “%s”: %s', (pattern, text, expected) => {
		expect(isIn(pattern, text)).toBe(expected);
	});

	test.each([
		['(web', 'there is no ) for a ('],
		['web)', 'there is no ( for a )'],
		['[]', 'there is nothing between [ and ]'],
		['[web', 'there is no ] for a ['],
		['*web', 'there is nothing for * to repeat'],
		['a|+', 'there is nothing for + to repeat'],
		['{2}', 'there is nothing for { to repeat'],
		['^*', '^ cannot be repeated'],
		['a**', 'a repetition cannot be repeated: put it into ( )'],
		['a{2', '{ begins a number of times, as in {2} or {1,3}: write \\{ for the character'],
		['a{3,2}', '{3,2} is no number of times up to 255'],
		['a{256}', '{256} is no number of times up to 255'],
		['(a{200}){200}', 'it is too long: repeat less of it'],
		['[c-a]', 'a range in [ ] goes from a character to a later one, as in [a-f]'],
		['[\\d-a]', 'a range in [ ] goes from a character to a later one, as in [a-f]'],
		['(?=a)', '(? is not supported'],
		['(a)\\1', '\\1 is not supported'],
		['\\b', '\\b is not supported'],
		['a\\', '\\ at the end stands before nothing'],
		['a'.repeat(201), 'a pattern has at most 200 characters'],
	])('“%s” is none: %s', (pattern, problem) => {
		expect(isIn(pattern, 'x')).toBe(problem);
	});

	test('finds what a regular expression of JavaScript finds', () => {
		const atom = fc.oneof(
			fc.constantFrom('a', 'b', 'C', '-', '.', '\\d', '\\w', '\\S', '[ab]', '[^a]', '[A-c1]', '1'),
		);
		const repeated = (inner: fc.Arbitrary<string>): fc.Arbitrary<string> =>
			fc
				.tuple(inner, fc.constantFrom('', '', '*', '+', '?', '{2}', '{0,2}', '{1,}', '*?'))
				.map(([part, times]) => part + times);
		const {expression} = fc.letrec<{expression: string; group: string}>(tie => ({
			expression: fc
				.array(
					fc.array(fc.oneof({depthSize: 'small'}, repeated(atom), repeated(tie('group'))), {
						minLength: 1,
						maxLength: 3,
					}),
					{minLength: 1, maxLength: 3},
				)
				.map(options => options.map(parts => parts.join('')).join('|')),
			group: tie('expression').map(inner => `(${inner})`),
		}));
		const text = fc.string({unit: fc.constantFrom('a', 'b', 'c', 'A', '-', '1', ' '), maxLength: 8});
		const anchor = fc.constantFrom('', '^');
		const end = fc.constantFrom('', '$');
		fc.assert(
			fc.property(anchor, expression, end, text, (start, inner, stop, searched) => {
				const pattern = `${start}(${inner})${stop}`;
				// JavaScript's search backtracks, and takes minutes where many repetitions are nested.
				fc.pre((pattern.match(/[*+?{]/g) ?? []).length <= 8);
				const found = isIn(pattern, searched);
				fc.pre(found !== 'it is too long: repeat less of it' && pattern.length <= 200);
				expect(found).toBe(new RegExp(pattern, 'i').test(searched));
			}),
			{numRuns: 300},
		);
	});

	test('takes any text, and says what is wrong with it or looks for it', () => {
		fc.assert(
			fc.property(
				fc.string({unit: fc.constantFrom(...'ab^$.*+?()[]{}|\\-,12é日')}),
				fc.string(),
				(pattern, text) => {
					expect(['boolean', 'string']).toContain(typeof isIn(pattern, text));
				},
			),
		);
	});

	test('that makes a backtracking search take for ever takes a step for each character', () => {
		// 2^60 ways through the first, more states than are kept for the second.
		expect(isIn('^(a+)+$', `${'a'.repeat(60)}!`)).toBe(false);
		const noise = Array.from({length: 5000}, (_, index) => 'ab'[((index * index * 7 + index) % 11) % 2]).join(
			'',
		);
		expect(isIn('(a|b)*a(a|b){12}x', noise)).toBe(false);
		expect(isIn('(a|b)*a(a|b){12}x', `${noise}a${'b'.repeat(12)}x`)).toBe(true);
	});
});
