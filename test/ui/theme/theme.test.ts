import {describe, expect, test} from 'vitest';
import {foreground} from '../../../source/ui/theme/color-depth.ts';
import {THEMES} from '../../../source/ui/theme/palettes.ts';
import {createTheme, type Style} from '../../../source/ui/theme/theme.ts';

const STYLES: readonly Style[] = [
	'title',
	'heading',
	'good',
	'warning',
	'critical',
	'accent',
	'selected',
	'demo',
];

test.each([
	['16', '31'],
	['256', '38;5;196'],
	['true', '38;2;255;0;0'],
] as const)('red with %s colours is %s', (depth, code) => {
	expect(foreground([255, 0, 0], 31, depth)).toBe(code);
});

describe.each(THEMES)('the theme %s', name => {
	test('has attributes but no colours in a terminal without colours', () => {
		const theme = createTheme({name, colors: 'none', symbols: 'unicode'});
		const painted = STYLES.map(style => theme.paint(style, 'x')).join('');
		// biome-ignore lint/suspicious/noControlCharactersInRegex: SGR sequences begin with ESC
		expect(painted).not.toMatch(/\u001B\[[0-9;]*(?:3[0-8]|9[0-7])/);
		expect(theme.paint('selected', 'x')).toContain('\u001B[7m');
		expect(theme.paint('critical', 'x')).toContain('\u001B[1m');
	});

	test('distinguishes warning and critical by more than colour', () => {
		const theme = createTheme({name, colors: 'true', symbols: 'unicode'});
		expect(theme.paint('critical', 'x')).toMatch(/\[1;/);
		expect(theme.paint('warning', 'x')).not.toMatch(/\[1;/);
	});
});

test('the theme terminal uses 16 colours at any depth', () => {
	const theme = createTheme({name: 'terminal', colors: 'true', symbols: 'unicode'});
	expect(theme.paint('good', 'x')).toBe('\u001B[32mx\u001B[0m');
});
