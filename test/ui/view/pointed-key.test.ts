import {describe, expect, test} from 'vitest';
import {act} from '../../../source/ui/state/reduce.ts';
import type {ScreenState} from '../../../source/ui/state/screen-state.ts';
import {createTheme} from '../../../source/ui/theme/theme.ts';
import {pointedKey} from '../../../source/ui/view/pointed-key.ts';
import {shownWindow} from '../../../source/ui/view/shown-window.ts';
import {FIVE, START} from '../state/states.ts';

const theme = createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'});

/** A screen of 24 lines with keys on the last one. */
const press = (line: number, column: number, state: ScreenState = START, notice?: string) =>
	pointedKey(
		state,
		{kind: 'press', line, column},
		{
			areas: {
				header: 3,
				charts: 0,
				table: notice === undefined ? 19 : 18,
				preview: 0,
				foot: notice === undefined ? 1 : 2,
			},
			columns: 80,
			notice,
			window: shownWindow(state, undefined, 0),
		},
		{past: undefined},
		theme,
	);

describe('a click on the footer', () => {
	test('runs the action of the key hint', () => {
		expect(press(23, 2)?.action).toEqual({type: 'open'});
		expect(press(23, 12)?.action).toEqual({type: 'filter'});
		expect(press(23, 2, START, 'pods are hidden')?.action).toEqual({type: 'open'});
	});

	test('scrolls an overlay', () => {
		expect(press(23, 2, act(START, {type: 'help'}, FIVE))?.action).toEqual({type: 'page', by: 1});
	});

	test('is the key of the column chooser and of the list of contexts, also where a message would be', () => {
		const choosing = act(START, {type: 'columns'}, FIVE);
		expect(press(23, 2, choosing)?.key).toBe('space');
		expect(press(23, 2, {...choosing, message: 'copied'})?.key).toBe('space');
		expect(press(23, 12, act(START, {type: 'contexts'}, FIVE))?.key).toBe('enter');
	});

	test('does nothing beside key hints', () => {
		expect(press(22, 2)).toBeUndefined();
		expect(press(22, 2, START, 'pods are hidden')).toBeUndefined();
		expect(press(23, 2, {...START, message: 'copied'})).toBeUndefined();
		expect(press(23, 2, act(START, {type: 'filter'}, FIVE))).toBeUndefined();
	});
});
