import {printable} from '../../metrics/model/printable.ts';
import {graphemesOf, isPlain, widthOf} from '../format/width.ts';

/**
 * A line as cells: the character of each cell and its SGR codes (`1;31`; empty for none). The second cell of a wide
 * character is an empty string.
 */
export type StyledCells = {
	readonly characters: readonly string[];
	readonly styles: readonly string[];
	/** Whether every character takes one cell in every terminal, so that any part of the line can be written alone. */
	readonly isPlain: boolean;
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: SGR sequences begin with ESC
const SGR = /\u001B\[([0-9;]*)m/g;

/** Codes that exclude each other, and the one that resets them (ECMA-48 SGR). */
const GROUPS: ReadonlyArray<{readonly end: string; readonly codes: RegExp}> = [
	{end: '22', codes: /^[12]$/},
	{end: '23', codes: /^3$/},
	{end: '24', codes: /^4$/},
	{end: '27', codes: /^7$/},
	{end: '28', codes: /^8$/},
	{end: '29', codes: /^9$/},
	{end: '39', codes: /^(?:38;.*|3[0-7]|9[0-7])$/},
	{end: '49', codes: /^(?:48;.*|4[0-7]|10[0-7])$/},
];

/** One code, or an extended colour with its parameters. */
const CODE = /[34]8;(?:5;\d+|2;\d+;\d+;\d+)|\d+/g;

/** Cached by style and sequence; a theme has few of either. */
const stylesAfter = new Map<string, string>();

function styleAfter(style: string, codes: string): string {
	if (codes === '' || codes === '0') {
		return '';
	}

	const key = `${style}m${codes}`;
	const known = stylesAfter.get(key);
	const after = known ?? reducedStyle(style, codes);
	if (known === undefined) {
		stylesAfter.set(key, after);
	}

	return after;
}

/** The active codes after a sequence. */
function reducedStyle(style: string, codes: string): string {
	let inForce: readonly string[] = style.match(CODE) ?? [];
	for (const code of codes.match(CODE) ?? []) {
		if (code === '0') {
			inForce = [];
			continue;
		}

		const isEnd = GROUPS.some(({end}) => end === code);
		const group = GROUPS.find(({end, codes: members}) => end === code || members.test(code));
		// Bold and dim do not exclude each other.
		const isOver = (each: string): boolean =>
			each === code || (group?.codes.test(each) === true && (isEnd || group.end !== '22'));
		inForce = [...inForce.filter(each => !isOver(each)), ...(isEnd ? [] : [code])];
	}

	return inForce.join(';');
}

/**
 * Parses a line of text and SGR sequences into cells. As a last defence, text is made printable again: a control character
 * must never reach the terminal.
 */
export function styledCells(line: string): StyledCells {
	const characters: string[] = [];
	const styles: string[] = [];
	let isAllPlain = true;
	let style = '';
	let end = 0;
	const add = (raw: string): void => {
		const text = isPlain(raw) ? raw : printable(raw);
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
		style = styleAfter(style, codes);
	}

	add(line.slice(end));
	return {characters, styles, isPlain: isAllPlain};
}
