import stringWidth from 'fast-string-width';

/** Terminal cells that a text takes; colours take none. */
export function widthOf(text: string): number {
	return stringWidth(text);
}

const ASCII = /^[\x20-\x7E]*$/;
const graphemes = new Intl.Segmenter('en', {granularity: 'grapheme'});

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
	let cells = 0;
	let kept = '';
	for (const {segment} of graphemes.segment(text)) {
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
