import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {fitName, fitText, graphemesOf, isPlain, widthOf} from '../../../source/ui/format/width.ts';

describe('fitText', () => {
	test.each([
		['web', 5, false, 'web  '],
		['250m', 6, true, '  250m'],
		['a-long-name', 6, false, 'a-lon…'],
		['日本語', 6, false, '日本語'],
		['日本語テキスト', 7, false, '日本語…'],
		['日本語テキスト', 6, false, '日本… '],
		['x', 0, false, ''],
	])('fits “%s” into %d cells, right-aligned %s, as “%s”', (text, width, isRight, fitted) => {
		expect(fitText(text, width, isRight, '…')).toBe(fitted);
	});

	test('returns exactly the given width for any text', () => {
		fc.assert(
			fc.property(
				fc.string({unit: fc.constantFrom('a', 'é', '日', '🚀', '👩‍👩‍👧', '…', ' ', 'ﷺ', 'e\u0301')}),
				fc.integer({min: 1, max: 40}),
				fc.boolean(),
				(text, width, isRight) => {
					expect(widthOf(fitText(text, width, isRight, '…'))).toBe(width);
				},
			),
		);
	});
});

test.each([
	['transcoder-fd2dd5vdw-vb9f9', 26, 'transcoder-fd2dd5vdw-vb9f9'],
	['transcoder-fd2dd5vdw-vb9f9', 20, 'transcoder-fd…-vb9f9'],
	['transcoder-fd2dd5vdw-vb9f9', 12, 'transc…vb9f9'],
	['transcoder-fd2dd5vdw-vb9f9', 10, 'transcode…'],
	['web', 6, 'web   '],
	['日本語日本語日本語', 12, '日本語日本… '],
])('fitName fits “%s” into %d cells as “%s”', (name, width, fitted) => {
	expect(fitName(name, width, '…')).toBe(fitted);
});

test('plain characters take one cell, also in Ink, and do not combine', () => {
	const characters = Array.from({length: 0x1_00_00}, (_, code) => String.fromCharCode(code)).filter(isPlain);
	expect(characters.length).toBeGreaterThan(1000);
	expect(characters.filter(character => stringWidth(character) !== 1)).toEqual([]);
	const pairs = characters.flatMap(character => [character, 'a', character, '─']);
	expect(graphemesOf(pairs.join(''))).toEqual(pairs);
});

test('a soft hyphen, which Ink does not print, is not plain', () => {
	expect(isPlain('\u00AD')).toBe(false);
});

test('widthOf measures texts as Ink does', () => {
	const shown = [
		'a',
		'-',
		' ',
		'é',
		'e\u0301',
		'ß',
		'я',
		'ω',
		'…',
		'▁',
		'█',
		'░',
		'─',
		'⣿',
		'→',
		'日',
		'カ',
		'ｶﾞ',
	];
	const joined = [
		'한',
		'👍',
		'👍🏽',
		'👩‍👩‍👧',
		'🇩🇪',
		'❤️',
		'⚠',
		'1️⃣',
		'\u001B[1;31m',
		'\u001B[0m',
		'\u001B]8;;http://x\u0007',
	];
	fc.assert(
		fc.property(fc.string({unit: fc.constantFrom(...shown, ...joined)}), text => {
			expect(widthOf(text)).toBe(stringWidth(text));
		}),
		{numRuns: 1000},
	);
});
