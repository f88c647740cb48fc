import {expect, test} from 'vitest';
import {drawGone} from '../../../source/ui/draw/gone.ts';
import {fillOverlay} from '../../../source/ui/draw/overlay.ts';
import {createTheme} from '../../../source/ui/theme/theme.ts';

const theme = createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'});
const LINES = Array.from({length: 9}, (_, index) => `line ${index}`);
const fill = (offset: number, height: number): readonly string[] =>
	fillOverlay(LINES, offset, 24, height, theme).map(line => line.trimEnd());

test('an overlay says how much there is below', () => {
	expect(fill(0, 3)).toEqual(['line 0', 'line 1', '  … 7 more lines below']);
});

test('its end fills its place, however far it is scrolled', () => {
	expect(fill(6, 3)).toEqual(['line 6', 'line 7', 'line 8']);
	expect(fill(99, 3)).toEqual(['line 6', 'line 7', 'line 8']);
});

test('a short one is filled with blank lines', () => {
	expect(fillOverlay(['a\u001B[2J'], 0, 8, 2, theme)).toEqual(['a\uFFFD[2J   ', ' '.repeat(8)]);
});

test('a page whose object is gone says so, and how to go back', () => {
	expect(drawGone('web\u0007', 3, 40, theme)).toEqual([
		' '.repeat(40),
		'  web\uFFFD is gone; Esc goes back'.padEnd(40),
		' '.repeat(40),
	]);
});
