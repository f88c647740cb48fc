import stringWidth from 'fast-string-width';

/** Terminal cells that a text takes; colours take none. */
export function widthOf(text: string): number {
	return stringWidth(text);
}

const ASCII = /^[\x20-\x7E]*$/;
const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});

/** What a reader takes for one character each, accents and joined emoji included. */
export function graphemesOf(text: string): readonly string[] {
	return Array.from(graphemes.segment(text), ({segment}) => segment);
}

/** The text in exactly `width` cells: cut with `…` (or `~`) where it is longer, filled with blanks where shorter. */
export function fitText(text: string, width: number, isRight: boolean, ellipsis: string): string {
	if (width <= 0) {
		return '';
	}

	const cells = ASCII.test(text) ? text.length : widthOf(text);
	const shown = cells > width ? cut(text, width - 1, ellipsis) : text;
	const blanks = ' '.repeat(Math.max(width - (cells > width ? widthOf(shown) : cells), 0));
	return isRight ? blanks + shown : shown + blanks;
}

function cut(text: string, width: number, ellipsis: string): string {
	if (ASCII.test(text)) {
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

/** A coloured line in exactly `width` cells: filled with blanks, or cut, and then its colours go with what is cut. */
export function fitLine(line: string, width: number, ellipsis: string): string {
	const cells = widthOf(line);
	return cells <= width
		? line + ' '.repeat(width - cells)
		: // biome-ignore lint/suspicious/noControlCharactersInRegex: SGR sequences begin with ESC
			fitText(line.replace(/\u001B\[[0-9;]*m/g, ''), width, false, ellipsis);
}
