import {printable} from '../../metrics/model/printable.ts';
import {graphemesOf, widthOf} from './width.ts';

/**
 * A text of words in lines of at most `width` cells, of which nothing is lost: the first begins with `first`, the
 * others with `indent` blanks, and a word that is wider than a line is broken.
 */
export function wrapText(
	text: string,
	width: number,
	indent: number,
	first = ' '.repeat(indent),
): readonly string[] {
	const rest = ' '.repeat(Math.min(indent, Math.max(width - LEAST_ROOM, 0)));
	const lines: string[] = [];
	let line = first;
	let isEmpty = true;
	const end = (): void => {
		lines.push(line);
		line = rest;
		isEmpty = true;
	};
	for (const word of printable(text)
		.split(/\s+/)
		.filter(part => part !== '')) {
		if (!isEmpty && widthOf(line) + 1 + widthOf(word) > width) {
			end();
		}

		for (const part of isTooWide(word, width - widthOf(rest)) ? graphemesOf(word) : [word]) {
			if (widthOf(line) + widthOf(part) > width && line !== rest) {
				end();
			}

			line += `${isEmpty || part !== word ? '' : ' '}${part}`;
			isEmpty = false;
		}
	}

	return [...lines, line];
}

/** An indentation leaves at least so many cells for the text. */
const LEAST_ROOM = 8;

function isTooWide(word: string, room: number): boolean {
	return widthOf(word) > room;
}
