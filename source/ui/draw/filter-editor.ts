import {printable} from '../../metrics/model/printable.ts';
import type {FilterAdvice} from '../../metrics/view/filter-advice.ts';
import {fitText, graphemesOf, widthOf} from '../format/width.ts';
import type {FilterLine} from '../state/filter-line.ts';
import type {Theme} from '../theme/theme.ts';

/** The filter with its cursor, and behind it what is wrong with it, or what it may go on with and its keys. */
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
	// The cursor is as wide as the character it is on. Of a long filter the end before the cursor stays in sight.
	const underCells = Math.max(widthOf(under), 1);
	const line = `/${endOf(before, width - 1 - underCells)}`;
	const cells = widthOf(line) + underCells;
	const rest = fitText(`${after}   ${note}`, Math.max(width - cells, 0), false, theme.ellipsis);
	return cells > width
		? fitText(line, width, false, theme.ellipsis)
		: `${line}${theme.paint('selected', fitText(under, underCells, false, ' '))}${theme.paint(advice.kind === 'wrong' ? 'warning' : 'dim', rest)}`;
}

/** A word that has only begun may be in vain until it is completed. */
function noteOn(advice: FilterAdvice, completions: readonly string[]): string {
	if (advice.kind === 'wrong') {
		return printable(advice.message);
	}

	const hint = completions.length === 0 ? '' : `Tab: ${completions.map(printable).join(' ')}   `;
	return `${hint}${advice.kind === 'vain' ? printable(advice.message) : 'Enter keeps it, Esc drops it, ↑↓ recalls others'}`;
}

/** As much of the end of a text as fits. */
function endOf(text: string, cells: number): string {
	const characters = graphemesOf(text);
	let start = 0;
	for (let over = widthOf(text) - cells; over > 0 && start < characters.length; start++) {
		over -= widthOf(characters[start] ?? '');
	}

	return characters.slice(start).join('');
}
