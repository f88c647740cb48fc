import {stripVTControlCharacters} from 'node:util';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {drawFilterEditor} from '../../../source/ui/draw/filter-editor.ts';
import {widthOf} from '../../../source/ui/format/width.ts';
import {createTheme} from '../../../source/ui/theme/theme.ts';

const theme = createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'});

describe('the filter editor', () => {
	const line = (text: string, cursor: number, width: number): string =>
		stripVTControlCharacters(drawFilterEditor({text, cursor}, {kind: 'ok'}, [], width, theme));

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
	] as const)('shows advice %j and completions %j after the filter', (advice, completions, note) => {
		const shown = stripVTControlCharacters(
			drawFilterEditor({text: 'n', cursor: 1}, advice, completions, 90, theme),
		);
		expect(shown.trimEnd()).toBe(`/n    ${note}`);
	});

	test('is exactly as wide as its line, for any filter and cursor', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('日', 'a', ' ', 'é', '語'), {maxLength: 60}),
				fc.nat(60),
				fc.integer({min: 2, max: 80}),
				(characters, cursor, width) => {
					const text = characters.join('');
					expect(widthOf(line(text, Math.min(cursor, characters.length), width))).toBe(width);
				},
			),
		);
	});
});
