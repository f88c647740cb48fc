import {typeCommand} from './command-line/command-editing.ts';
import {typeFilter} from './filter-editing.ts';
import type {ScreenState} from './screen-state.ts';
import type {Visible} from './visible.ts';

/** Inserts pasted text into a prompt as one line. Outside of prompts, pasted text presses no keys. */
export function paste(state: ScreenState, text: string, visible: Visible): ScreenState {
	const line = text.replace(/\s+/g, ' ');
	switch (state.mode.kind) {
		case 'filter':
			return typeFilter(state, '', line, visible);
		case 'command':
			return typeCommand(state, '', line, visible).state;
		default:
			return {...state, message: 'pasted text was ignored: open the filter with / first'};
	}
}
