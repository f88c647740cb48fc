import {useTheme} from '../contexts.ts';
import {drawPrompt, filterNote} from '../draw/prompt.ts';
import type {Shown} from '../hooks/use-shown.ts';
import type {PromptLine} from '../state/prompt-line.ts';
import {completionsOf, filterAdviceOf} from '../view/vocabulary.ts';
import {Lines} from './lines.tsx';

/** The filter prompt with completions and errors. */
export function FilterPrompt({shown, typed}: {readonly shown: Shown; readonly typed: PromptLine}) {
	const {state, view, nowMs, columns, areas} = shown;
	const note = filterNote(filterAdviceOf(state, view), completionsOf(state, view, nowMs));
	const lines = drawPrompt({
		sign: '/',
		line: typed,
		note,
		width: columns,
		height: areas.foot,
		theme: useTheme(),
	});
	return <Lines lines={lines} height={areas.foot} />;
}
