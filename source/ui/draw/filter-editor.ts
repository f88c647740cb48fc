import {printable} from '../../metrics/model/printable.ts';
import type {FilterAdvice} from '../../metrics/view/filter-advice.ts';
import {fitText, graphemesOf, widthOf} from '../format/width.ts';
import type {FilterLine} from '../state/filter-line.ts';
import type {Theme} from '../theme/theme.ts';

/** The filter line with its cursor, and a note: the filter's error, or completions and keys. */
export function drawFilterEditor(
	{text, cursor}: FilterLine,
	advice: FilterAdvice,
	completions: readonly string[],
	width: number,
	theme: Theme,
): string {
	const characters = [...text];
	const before = characters.slice(0, cursor).join('');
	const under = characters[cursor] ?? ' ';
	const after = characters.slice(cursor + 1).join('');
	const note = noteOn(advice, completions);
	// The cursor is as wide as its character. A long filter is cut at its start, so that the cursor is visible.
	const underCells = Math.max(widthOf(under), 1);
	const line = `/${endOf(before, width - 1 - underCells)}`;
	const cells = widthOf(line) + underCells;
	const rest = fitText(`${after}   ${note}`, Math.max(width - cells, 0), false, theme.ellipsis);
	return cells > width
		? fitText(line, width, false, theme.ellipsis)
		: `${line}${theme.paint('selected', fitText(under, underCells, false, ' '))}${theme.paint(advice.kind === 'wrong' ? 'warning' : 'dim', rest)}`;
}

/** Completions come before the advice that nothing matches, which may change once the word is complete. */
function noteOn(advice: FilterAdvice, completions: readonly string[]): string {
	if (advice.kind === 'wrong') {
		return printable(advice.message);
	}

	const hint = completions.length === 0 ? '' : `Tab: ${completions.map(printable).join(' ')}   `;
	return `${hint}${advice.kind === 'vain' ? printable(advice.message) : 'Enter applies, Esc cancels, ↑↓ recalls earlier filters'}`;
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
