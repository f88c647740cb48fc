import stringWidth from 'fast-string-width';
import {Graphemes} from './graphemes.ts';

/**
 * Characters that take one cell in every terminal: ASCII, Latin and ktop's own symbols (dashes, quotes, arrows, lines,
 * blocks, shapes, braille). The width of others depends on the terminal, and they may combine with their neighbours.
 */
const PLAIN =
	/^[\x20-\x7E\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u2030-\u205E\u2190-\u21FF\u23CE\u2500-\u25FC\u2800-\u28FF]*$/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: SGR sequences begin with ESC
const SGR = /\u001B\[[0-9;]*m/g;

/** Whether each character of a text takes one cell in every terminal; false for text with escape sequences. */
export function isPlain(text: string): boolean {
	return PLAIN.test(text);
}

/** The width of a text in cells, without its SGR sequences. */
export function widthOf(text: string): number {
	const bare = text.includes('\u001B') ? text.replace(SGR, '') : text;
	// Most text is plain, and the check costs a tenth of `stringWidth`.
	return isPlain(bare) ? bare.length : stringWidth(bare);
}

const graphemes = new Graphemes();

/** Grapheme clusters: the characters that a reader sees, with accents and joined emoji. */
export function graphemesOf(text: string): readonly string[] {
	return Array.from(graphemes.segment(text), ({segment}) => segment);
}

/** Fits a text without colours into exactly `width` cells: cut with the ellipsis, or padded with blanks. */
export function fitText(text: string, width: number, isRight: boolean, ellipsis: string): string {
	if (width <= 0) {
		return '';
	}

	const cells = widthOf(text);
	const shown = cells > width ? cut(text, width - 1, ellipsis) : text;
	const blanks = ' '.repeat(Math.max(width - (cells > width ? widthOf(shown) : cells), 0));
	return isRight ? blanks + shown : shown + blanks;
}

function cut(text: string, width: number, ellipsis: string): string {
	if (isPlain(text)) {
		return text.slice(0, Math.max(width, 0)) + ellipsis;
	}

	let cells = 0;
	let kept = '';
	for (const segment of graphemesOf(text)) {
		cells += widthOf(segment);
		if (cells > width) {
			break;
		}

		kept += segment;
	}

	return kept + ellipsis;
}

/** The least number of characters kept at the end of a name, where the names of replicas differ. */
const MIN_END = 5;

/** Fits a name into exactly `width` cells; cut in the middle. */
export function fitName(name: string, width: number, ellipsis: string): string {
	if (!isPlain(name) || name.length <= width || width <= MIN_END * 2) {
		return fitText(name, width, false, ellipsis);
	}

	const end = Math.max(Math.floor(width / 3), MIN_END);
	return name.slice(0, width - end - 1) + ellipsis + name.slice(-end);
}

/** Fits a line with colours into exactly `width` cells: padded with blanks, or cut and without colours. */
export function fitLine(line: string, width: number, ellipsis: string): string {
	const cells = widthOf(line);
	return cells <= width
		? line + ' '.repeat(width - cells)
		: fitText(line.replace(SGR, ''), width, false, ellipsis);
}
