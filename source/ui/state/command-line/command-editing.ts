import type {Action} from '../action.ts';
import {withCompletion} from '../completed.ts';
import {editLine, promptLine} from '../prompt-line.ts';
import {type ScreenState, TABLE} from '../screen-state.ts';
import type {CommandContext} from './command.ts';
import {completeCommand} from './complete-command.ts';
import {readCommand} from './read-command.ts';

/** Opens the command line with a text. */
export function startCommand(state: ScreenState, text: string): ScreenState {
	return {...state, mode: {kind: 'command', line: promptLine(text), problem: undefined}};
}

/** Handles a key of the command line. Enter returns the command's action, or shows its error and keeps the text. */
export function typeCommand(
	state: ScreenState,
	key: string,
	input: string,
	context: CommandContext,
): {readonly state: ScreenState; readonly action?: Action} {
	const {mode} = state;
	if (mode.kind !== 'command') {
		return {state};
	}

	const {line} = mode;
	switch (key) {
		case 'enter':
			return line.text.trim() === '' ? {state: {...state, mode: TABLE}} : run(state, line.text, context);
		case 'esc':
		case 'ctrl-c':
			return {state: {...state, mode: TABLE}};
		case 'backspace':
			if (line.text === '') {
				return {state: {...state, mode: TABLE}};
			}

			break;
		case 'tab': {
			const next = withCompletion(line, completeCommand(line.text, line.cursor, context));
			return {state: next === undefined ? state : {...state, mode: {...mode, line: next}}};
		}

		default:
			break;
	}

	const edited = editLine(line, key, input);
	return {
		state: edited === undefined ? state : {...state, mode: {...mode, line: edited, problem: undefined}},
	};
}

function run(
	state: ScreenState,
	text: string,
	context: CommandContext,
): {readonly state: ScreenState; readonly action?: Action} {
	const read = readCommand(text, context);
	return 'problem' in read
		? {state: {...state, mode: {kind: 'command', line: promptLine(text), problem: read.problem}}}
		: {state: {...state, mode: TABLE}, action: read};
}
