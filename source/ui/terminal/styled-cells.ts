import {graphemesOf, isPlain, widthOf} from '../format/width.ts';

/**
 * A line taken apart: what stands in each cell, and the SGR codes that are in force there (`1;31`; empty for none). The
 * second cell of a wide character holds nothing.
 */
export type StyledCells = {
	readonly characters: readonly string[];
	readonly styles: readonly string[];
	/** Whether every character takes one cell in every terminal, so that any part of the line may be written alone. */
	readonly isPlain: boolean;
};

/** Whoever writes a line makes it printable; whatever was missed moves no cursor and answers no question. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not get to the terminal
const CONTROL = /[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g;

// biome-ignore lint/suspicious/noControlCharactersInRegex: SGR sequences begin with ESC
const SGR = /\u001B\[([0-9;]*)m/g;

/** Takes a line of text and SGR sequences apart; each sequence adds to those before it, and a reset ends them. */
export function styledCells(line: string): StyledCells {
	const characters: string[] = [];
	const styles: string[] = [];
	let isAllPlain = true;
	let style = '';
	let end = 0;
	const add = (raw: string): void => {
		const text = isPlain(raw) ? raw : raw.replace(CONTROL, '\uFFFD');
		if (isPlain(text)) {
			for (const character of text) {
				characters.push(character);
				styles.push(style);
			}

			return;
		}

		isAllPlain = false;
		for (const grapheme of graphemesOf(text)) {
			const width = widthOf(grapheme);
			if (width === 0 && characters.length > 0) {
				characters[characters.length - 1] += grapheme;
			}

			for (let cell = 0; cell < width; cell++) {
				characters.push(cell === 0 ? grapheme : '');
				styles.push(style);
			}
		}
	};
	for (const match of line.matchAll(SGR)) {
		add(line.slice(end, match.index));
		end = match.index + match[0].length;
		const [, codes = ''] = match;
		style = codes === '' || codes === '0' ? '' : style === '' ? codes : `${style};${codes}`;
	}

	add(line.slice(end));
	return {characters, styles, isPlain: isAllPlain};
}
