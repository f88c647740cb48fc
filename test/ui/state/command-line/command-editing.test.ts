import {describe, expect, test} from 'vitest';
import {startCommand, typeCommand} from '../../../../source/ui/state/command-line/command-editing.ts';
import {type ScreenState, TABLE} from '../../../../source/ui/state/screen-state.ts';
import {FIVE, START} from '../states.ts';

const type = (state: ScreenState, ...keys: ReadonlyArray<readonly [string, string]>) =>
	keys.reduce<ReturnType<typeof typeCommand>>(
		(before, [key, input]) => typeCommand(before.state, key, input, FIVE),
		{state},
	);
const typing = (text: string): ScreenState => startCommand(START, text);
const lineOf = ({mode}: ScreenState): string => (mode.kind === 'command' ? mode.line.text : '');

describe('the command line', () => {
	test('runs a command on Enter', () => {
		const {state, action} = type(typing(''), ['p', 'p'], ['o', 'o'], ['enter', '']);
		expect(state.mode).toEqual(TABLE);
		expect(action).toEqual({type: 'level', index: 1});
	});

	test('keeps an invalid command with its error until the text changes', () => {
		const {state, action} = type(typing('podz'), ['enter', '']);
		expect(action).toBeUndefined();
		expect(state.mode).toMatchObject({
			kind: 'command',
			line: {text: 'podz'},
			problem: expect.stringContaining('did you mean'),
		});
		expect(type(state, ['backspace', '']).state.mode).toMatchObject({
			line: {text: 'pod'},
			problem: undefined,
		});
	});

	test('completes with Tab', () => {
		expect(lineOf(type(typing('so'), ['tab', '']).state)).toBe('sort');
		expect(lineOf(type(typing('sort me'), ['tab', '']).state)).toBe('sort memory');
		expect(lineOf(type(typing('zz'), ['tab', '']).state)).toBe('zz');
	});

	test.each([['esc'], ['ctrl-c']])('closes on %s', key => {
		expect(type(typing('pods'), [key, ''])).toEqual({state: START});
	});

	test('closes if it is empty', () => {
		expect(type(typing(''), ['enter', ''])).toEqual({state: START});
		expect(type(typing('p'), ['backspace', ''], ['backspace', ''])).toEqual({state: START});
	});
});
