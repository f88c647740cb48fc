import {expect, test} from 'vitest';
import {inSymbols} from '../../../source/ui/draw/ascii-symbols.ts';
import {widthOf} from '../../../source/ui/format/width.ts';
import {createTheme} from '../../../source/ui/theme/theme.ts';

const LINE = '– “it’s” ↓1 ↑2 → 日本…';

test('an ASCII theme replaces ktop’s own symbols with ASCII of the same width, but not names', () => {
	const ascii = inSymbols(LINE, createTheme({name: 'terminal', colors: 'none', symbols: 'ascii'}));
	expect(ascii).toBe('- "it\'s" v1 ^2 > 日本~');
	expect(widthOf(ascii)).toBe(widthOf(LINE));
});

test('a Unicode theme keeps all symbols', () => {
	expect(inSymbols(LINE, createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'}))).toBe(LINE);
});
