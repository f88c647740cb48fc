import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {renderText} from '../../source/help/render-text.ts';

const plain = (markdown: string, width = 40) => renderText(markdown, {width, isColored: false});

describe('a topic in the terminal', () => {
	test('has its paragraphs set in below its headings, and wrapped to the width', () => {
		expect(plain('# Keys: what\n\none two three four five six seven\neight nine', 20)).toBe(
			'Keys: what\n\n  one two three four\n  five six seven\n  eight nine\n',
		);
	});

	test('shows code as it stands, set in further', () => {
		expect(plain('```sh\nktop  --json | jq .\n\n# x\n```')).toBe('    ktop  --json | jq .\n\n    # x\n');
	});

	test('keeps the text of links and strong words, and drops comments', () => {
		expect(plain('<!-- a\nb -->See [the `map`](x.md), `a  b` and **this**.')).toBe(
			'  See the `map`, `a b` and this.\n',
		);
	});

	test('keeps items together', () => {
		expect(plain('text\n\n- one\n  goes on\n- two\n\nend')).toBe(
			'  text\n\n  - one goes on\n  - two\n\n  end\n',
		);
	});

	test('sets a table in columns of which the last is wrapped', () => {
		expect(
			plain('| key | what |\n| --- | --- |\n| `q` | quits this\\|that and a lot more to say |', 40),
		).toBe('  key  what\n  q    quits this|that and a lot more to\n       say\n');
	});

	test('makes a table a list where there is no room for its columns', () => {
		expect(plain('| key | what |\n| --- | --- |\n| `a-very-long-key` | quits |', 30)).toBe(
			'  a-very-long-key\n    quits\n',
		);
	});

	test('paints headings and code on a terminal, each word by itself', () => {
		expect(renderText('## Two\n\nsee `a b`', {width: 40, isColored: true})).toBe(
			'\u001B[1mTwo\u001B[0m\n\n  see \u001B[36ma\u001B[0m \u001B[36mb\u001B[0m\n',
		);
	});

	test('loses no word of a paragraph, at any width', () => {
		const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), {minLength: 1, maxLength: 30});
		fc.assert(
			fc.property(words, fc.integer({min: 1, max: 60}), (text, width) => {
				const lines = plain(text.join(' '), width).trimEnd().split('\n');
				expect(lines.join(' ').trim().split(/ +/)).toEqual(text);
				expect(lines.filter(line => line.length > width && line.trim().includes(' '))).toEqual([]);
			}),
		);
	});
});
