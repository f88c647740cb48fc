import stringWidth from 'fast-string-width';

/**
 * What takes one cell everywhere: ASCII, Latin, and the signs that ktop draws with (dashes and quotes, arrows, lines,
 * blocks, shapes, braille). Of others terminals think differently, and they may join with what is before them.
 */
const PLAIN =
	/^[\x20-\x7E\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u2030-\u205E\u2190-\u21FF\u23CE\u2500-\u25FC\u2800-\u28FF]*$/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: SGR sequences begin with ESC
const SGR = /\u001B\[[0-9;]*m/g;

/** Whether each character of a text without colours takes one cell in every terminal. */
export function isPlain(text: string): boolean {
	return PLAIN.test(text);
}

/** Terminal cells that a text takes; colours take none. */
export function widthOf(text: string): number {
	const bare = text.includes('\u001B') ? text.replace(SGR, '') : text;
	// Nearly all of a screen is plain, and told at a tenth of the cost.
	return isPlain(bare) ? bare.length : stringWidth(bare);
}
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

/** What replicas are told apart by stands at the end of their names: of that so many characters at least. */
const LEAST_END = 5;

/** A name in exactly `width` cells, cut in its middle where it is longer. */
export function fitName(name: string, width: number, ellipsis: string): string {
	if (!isPlain(name) || name.length <= width || width <= LEAST_END * 2) {
		return fitText(name, width, false, ellipsis);
	}

	const end = Math.max(Math.floor(width / 3), LEAST_END);
	return name.slice(0, width - end - 1) + ellipsis + name.slice(-end);
}

/** A coloured line in exactly `width` cells: filled with blanks, or cut, and then its colours go with what is cut. */
export function fitLine(line: string, width: number, ellipsis: string): string {
	const cells = widthOf(line);
	return cells <= width
		? line + ' '.repeat(width - cells)
		: fitText(line.replace(SGR, ''), width, false, ellipsis);
}
