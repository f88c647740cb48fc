import fc from 'fast-check';
import {expect, test} from 'vitest';
import {widthOf} from '../../../source/ui/format/width.ts';
import {wrapText} from '../../../source/ui/format/wrap.ts';

test('breaks between words, and indents further lines', () => {
	expect(wrapText('CPU in use, in cores', 14, 6, '  CPU ')).toEqual([
		'  CPU CPU in',
		'      use, in',
		'      cores',
	]);
});

test('breaks a word that is wider than a line', () => {
	expect(wrapText('a 0123456789ab', 10, 2)).toEqual(['  a', '  01234567', '  89ab']);
});

test('measures cells, not characters', () => {
	expect(wrapText('東京東京 東京', 10, 0)).toEqual(['東京東京', '東京']);
});

test('returns one blank line for no words', () => {
	expect(wrapText('', 10, 2)).toEqual(['  ']);
});

test('loses no text and is never too wide', () => {
	fc.assert(
		fc.property(
			fc.array(fc.stringMatching(/^[a-z東–:]{1,30}$/), {maxLength: 12}),
			fc.integer({min: 6, max: 60}),
			fc.integer({min: 0, max: 4}),
			(words, width, indent) => {
				const lines = wrapText(words.join(' '), width, indent);
				expect(
					lines
						.map(line => line.trim())
						.join('')
						.replaceAll(' ', ''),
				).toBe(words.join(''));
				expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
			},
		),
	);
});
