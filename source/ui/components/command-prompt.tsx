import {useStore, useTheme} from '../contexts.ts';
import {commandNote, drawPrompt} from '../draw/prompt.ts';
import type {Shown} from '../hooks/use-shown.ts';
import type {Mode} from '../state/screen-state.ts';
import {commandWords} from '../view/command-words.ts';
import {visibleTo} from '../view/visible.ts';
import {Lines} from './lines.tsx';

export type CommandPromptProps = {
	readonly shown: Shown;
	readonly mode: Extract<Mode, {readonly kind: 'command'}>;
};

/** The command line with completions and errors. */
export function CommandPrompt({shown, mode}: CommandPromptProps) {
	const {feed} = useStore();
	const {state, columns, areas} = shown;
	const words = commandWords(mode.line, visibleTo(state, feed, shown));
	const lines = drawPrompt({
		sign: ':',
		line: mode.line,
		note: commandNote(mode.problem, words),
		width: columns,
		height: areas.foot,
		theme: useTheme(),
	});
	return <Lines lines={lines} height={areas.foot} />;
}
