import {printable} from '../../metrics/model/printable.ts';
import {fitText} from '../format/width.ts';
import type {ScreenState} from '../state/screen-state.ts';
import type {Theme} from '../theme/theme.ts';
import {chooserHints, contextHints, hintAt, hintLine, type KeyHint, keyHints} from './key-hints.ts';

export type FooterWords = {
	/** The result of the last key, or the time of a paused screen. */
	readonly answer: string | undefined;
	/** A problem that hides or delays data. */
	readonly notice: string | undefined;
	/** 2: the notice is above the keys. 1: it replaces them. */
	readonly height: 1 | 2;
	/** Whether the source lists processes. */
	readonly listsProcesses: boolean;
};

/** One cell on each side. */
const MARGINS = 2;

/** The key hint at a cell of the last line; undefined if the line shows something else there. */
export function keyAt(
	state: ScreenState,
	{answer, notice, height, listsProcesses}: FooterWords,
	cell: number,
	width: number,
	theme: Theme,
): KeyHint | undefined {
	const isNamed = answer === undefined && (height === 2 || notice === undefined);
	return isNamed || hasOwnKeys(state)
		? hintAt(hintsOf(state, listsProcesses, width, theme), cell - 1)
		: undefined;
}

/** The keys of these lists are shown nowhere else, so they come before an answer or a notice. */
function hasOwnKeys({mode: {kind}}: ScreenState): boolean {
	return kind === 'chooser' || kind === 'contexts';
}

function hintsOf(
	state: ScreenState,
	listsProcesses: boolean,
	width: number,
	{symbols}: Theme,
): readonly KeyHint[] {
	const isUnicode = symbols === 'unicode';
	switch (state.mode.kind) {
		case 'chooser':
			return chooserHints(width - MARGINS);
		case 'contexts':
			return contextHints(isUnicode);
		default:
			return keyHints(state, width - MARGINS, {isUnicode, listsProcesses});
	}
}

/** The bottom lines: a notice, and the most useful keys or the result of the last one. */
export function drawFooter(
	state: ScreenState,
	{answer, notice, height, listsProcesses}: FooterWords,
	width: number,
	theme: Theme,
): readonly string[] {
	const warn = (text: string): string =>
		theme.paint('warning', fitText(` ${printable(text)}`, width, false, theme.ellipsis));
	const last = drawKeys(
		state,
		height === 1 ? (answer ?? notice) : answer,
		listsProcesses,
		width,
		theme,
		warn,
	);
	return height === 1 ? [last] : [warn(notice ?? ''), last];
}

function drawKeys(
	state: ScreenState,
	instead: string | undefined,
	listsProcesses: boolean,
	width: number,
	theme: Theme,
	warn: (text: string) => string,
): string {
	return instead === undefined || hasOwnKeys(state)
		? theme.paint(
				'dim',
				fitText(` ${hintLine(hintsOf(state, listsProcesses, width, theme))}`, width, false, theme.ellipsis),
			)
		: warn(instead);
}
