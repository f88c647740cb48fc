import {stripVTControlCharacters} from 'node:util';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {drawPrompt, filterNote} from '../../../source/ui/draw/prompt.ts';
import {widthOf} from '../../../source/ui/format/width.ts';
import {createTheme} from '../../../source/ui/theme/theme.ts';

const theme = createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'});

describe('the prompt', () => {
	const draw = (text: string, cursor: number, width: number, height: 1 | 2 = 1): readonly string[] =>
		drawPrompt({
			sign: '/',
			line: {text, cursor},
			note: {text: 'what helps', isWrong: false},
			width,
			height,
			theme,
		}).map(stripVTControlCharacters);
	const line = (text: string, cursor: number, width: number): string => draw(text, cursor, width).join('\n');

	test.each([
		['日本語x', 0, '/日本語x'],
		['日本語x', 2, '/日本語x'],
		['日本語x', 4, '/日本語x'],
		['abc', 1, '/abc'],
	])('shows all of “%s” with the cursor at %i', (text, cursor, shown) => {
		expect(line(text, cursor, 80).startsWith(shown)).toBe(true);
	});

	test.each([
		[{kind: 'ok'}, [], 'Enter applies, Esc cancels, ↑↓ recalls earlier filters'],
		[
			{kind: 'ok'},
			['name:', 'node:'],
			'Tab: name: node:   Enter applies, Esc cancels, ↑↓ recalls earlier filters',
		],
		[{kind: 'vain', message: 'none of 3 rows matches'}, [], 'none of 3 rows matches'],
		[{kind: 'vain', message: 'none of 3 rows matches'}, ['name:'], 'Tab: name:   none of 3 rows matches'],
		[{kind: 'wrong', message: 'no column x'}, ['name:'], 'no column x'],
	] as const)('has the note for advice %j and completions %j', (advice, completions, text) => {
		expect(filterNote(advice, completions)).toEqual({text, isWrong: advice.kind === 'wrong'});
	});

	test('has the note after the text on one line, or below it on two', () => {
		expect(draw('n', 1, 30).map(text => text.trimEnd())).toEqual(['/n    what helps']);
		expect(draw('n', 1, 30, 2).map(text => text.trimEnd())).toEqual(['/n', ' what helps']);
	});

	test('is exactly as wide as its line, for any text and cursor', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('日', 'a', ' ', 'é', '語'), {maxLength: 60}),
				fc.nat(60),
				fc.integer({min: 2, max: 80}),
				(characters, cursor, width) => {
					const text = characters.join('');
					const at = Math.min(cursor, characters.length);
					expect(widthOf(line(text, at, width))).toBe(width);
					expect(draw(text, at, width, 2).map(widthOf)).toEqual([width, width]);
				},
			),
		);
	});
});
