import {useTheme} from '../contexts.ts';
import {drawFilterEditor} from '../draw/filter-editor.ts';
import type {Shown} from '../hooks/use-shown.ts';
import type {FilterLine as Typed} from '../state/filter-line.ts';
import {completionsOf, filterAdviceOf} from '../view/vocabulary.ts';
import {Line} from './line.tsx';

/** The filter while it is typed, what it may go on with, and what is wrong with it. */
export function FilterLine({shown, typed}: {readonly shown: Shown; readonly typed: Typed}) {
	const {state, view, nowMs, columns} = shown;
	const completions = completionsOf(state, view, nowMs);
	return (
		<Line text={drawFilterEditor(typed, filterAdviceOf(state, view), completions, columns, useTheme())} />
	);
}
