import {expect, test} from 'vitest';
import {drawGone} from '../../../source/ui/draw/gone.ts';
import {fillOverlay} from '../../../source/ui/draw/overlay.ts';
import {createTheme} from '../../../source/ui/theme/theme.ts';

const theme = createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'});
const LINES = Array.from({length: 9}, (_, index) => `line ${index}`);
const fill = (offset: number, height: number): readonly string[] =>
	fillOverlay(LINES, offset, 24, height, theme).map(line => line.trimEnd());

test('an overlay counts the lines below', () => {
	expect(fill(0, 3)).toEqual(['line 0', 'line 1', '  … 7 more lines below']);
});

test('an overlay cannot be scrolled beyond its last line', () => {
	expect(fill(6, 3)).toEqual(['line 6', 'line 7', 'line 8']);
	expect(fill(99, 3)).toEqual(['line 6', 'line 7', 'line 8']);
});

test('a short overlay is padded with blank lines, and control characters are replaced', () => {
	expect(fillOverlay(['a\u001B[2J'], 0, 8, 2, theme)).toEqual(['a\uFFFD[2J   ', ' '.repeat(8)]);
});

test('the page of an object that no longer exists shows how to go back', () => {
	expect(drawGone('web\u0007', 3, 40, theme)).toEqual([
		' '.repeat(40),
		'  web\uFFFD no longer exists; Esc goes back'.padEnd(40),
		' '.repeat(40),
	]);
});
