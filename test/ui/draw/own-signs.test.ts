import {expect, test} from 'vitest';
import {inSymbols} from '../../../source/ui/draw/own-signs.ts';
import {widthOf} from '../../../source/ui/format/width.ts';
import {createTheme} from '../../../source/ui/theme/theme.ts';

const LINE = '– “it’s” ↓1 ↑2 → 日本…';

test('ktop’s own signs become ASCII of the same width, names stay', () => {
	const ascii = inSymbols(LINE, createTheme({name: 'terminal', colors: 'none', symbols: 'ascii'}));
	expect(ascii).toBe('- "it\'s" v1 ^2 > 日本~');
	expect(widthOf(ascii)).toBe(widthOf(LINE));
});

test('all stay where the terminal shows Unicode', () => {
	expect(inSymbols(LINE, createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'}))).toBe(LINE);
});
