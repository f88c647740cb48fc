type Grapheme = {readonly segment: string; readonly index: number};

/** Each character is a grapheme cluster of its own; a carriage return may be one with a line feed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII but the carriage return
const ASCII = /^[\0-\x0C\x0E-\x7F]*$/;

let segmenter: Intl.Segmenter | undefined;

/**
 * Grapheme clusters, as `Intl.Segmenter` has them by default. Its data are loaded with the first text that is more than ASCII:
 * that takes longer than what most of a first frame is drawn with.
 */
export class Graphemes {
	segment(text: string): Iterable<Grapheme> {
		if (ASCII.test(text)) {
			return Array.from(text, (segment, index) => ({segment, index}));
		}

		segmenter ??= new Intl.Segmenter('en', {granularity: 'grapheme'});
		return segmenter.segment(text);
	}
}
