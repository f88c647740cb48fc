import {printable} from '../../metrics/model/printable.ts';
import type {FilterAdvice} from '../../metrics/view/filter-advice.ts';
import {fitText, graphemesOf, widthOf} from '../format/width.ts';
import type {PromptLine} from '../state/prompt-line.ts';
import type {Theme} from '../theme/theme.ts';

/** A message about the typed text. */
export type PromptNote = {readonly text: string; readonly isWrong: boolean};

export type PromptOptions = {
	/** The first character: `/` for a filter. */
	readonly sign: string;
	readonly line: PromptLine;
	readonly note: PromptNote;
	readonly width: number;
	/** 1: the note is after the text. 2: it is below. */
	readonly height: 1 | 2;
	readonly theme: Theme;
};

/** The typed text with its cursor, and a note: its error, or completions and keys. */
export function drawPrompt({sign, line, note, width, height, theme}: PromptOptions): readonly string[] {
	const {text, cursor} = line;
	const characters = [...text];
	const before = characters.slice(0, cursor).join('');
	const under = characters[cursor] ?? ' ';
	const after = characters.slice(cursor + 1).join('');
	const style = note.isWrong ? 'warning' : 'dim';
	// The cursor is as wide as its character. A long text is cut at its start, so that the cursor is visible.
	const underCells = Math.max(widthOf(under), 1);
	const typed = `${sign}${endOf(before, width - widthOf(sign) - underCells)}`;
	const room = Math.max(width - widthOf(typed) - underCells, 0);
	const rest =
		height === 1
			? theme.paint(style, fitText(`${after}   ${note.text}`, room, false, theme.ellipsis))
			: fitText(after, room, false, theme.ellipsis);
	const first =
		widthOf(typed) + underCells > width
			? fitText(typed, width, false, theme.ellipsis)
			: `${typed}${theme.paint('selected', fitText(under, underCells, false, ' '))}${rest}`;
	return height === 1
		? [first]
		: [first, theme.paint(style, fitText(` ${note.text}`, width, false, theme.ellipsis))];
}

/** Completions come before the advice that nothing matches, which may change once the word is complete. */
export function filterNote(advice: FilterAdvice, completions: readonly string[]): PromptNote {
	if (advice.kind === 'wrong') {
		return {text: printable(advice.message), isWrong: true};
	}

	const hint = completions.length === 0 ? '' : `Tab: ${completions.map(printable).join(' ')}   `;
	const keys = 'Enter applies, Esc cancels, ↑↓ recalls earlier filters';
	return {text: `${hint}${advice.kind === 'vain' ? printable(advice.message) : keys}`, isWrong: false};
}

/** The error of a command, or its help and its completions. */
export function commandNote(
	problem: string | undefined,
	{completions, help}: {readonly completions: readonly string[]; readonly help: string | undefined},
): PromptNote {
	if (problem !== undefined) {
		return {text: printable(problem), isWrong: true};
	}

	const words = completions.length === 0 ? '' : `Tab: ${completions.map(printable).join(' ')}`;
	return {text: [...(help === undefined ? [] : [help]), words].join('   ').trim(), isWrong: false};
}

/** The end of a text that fits into the cells. */
function endOf(text: string, cells: number): string {
	const characters = graphemesOf(text);
	let start = 0;
	for (let over = widthOf(text) - cells; over > 0 && start < characters.length; start++) {
		over -= widthOf(characters[start] ?? '');
	}

	return characters.slice(start).join('');
}
