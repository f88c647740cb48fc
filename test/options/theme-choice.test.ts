import {describe, expect, test} from 'vitest';
import {defaultTheme} from '../../source/options/theme-choice.ts';

describe('the theme without a choice', () => {
	test.each([
		['xterm-256color', undefined, 'auto'],
		['screen-256color', '', 'auto'],
		['linux', undefined, 'terminal'],
		['dumb', undefined, 'terminal'],
		['vt220', undefined, 'terminal'],
		[undefined, undefined, 'terminal'],
		['rxvt-unicode-256color', '15;0', 'dark'],
		['rxvt-unicode-256color', '0;default;15', 'light'],
		['xterm-256color', '0;7', 'light'],
		['xterm-256color', '15;8', 'dark'],
		['xterm-256color', '12;default;default', 'auto'],
		['linux', '0;15', 'light'],
	])('with TERM %s and COLORFGBG %s is %s', (TERM, COLORFGBG, theme) => {
		expect(defaultTheme({TERM, COLORFGBG})).toBe(theme);
	});
});
