import {printable} from '../../metrics/model/printable.ts';
import {graphemesOf, widthOf} from './width.ts';

/**
 * Wraps a text into lines of at most `width` cells. The first line starts with `first`, the others with `indent` blanks;
 * a word that is wider than a line is broken. No text is lost.
 */
export function wrapText(
	text: string,
	width: number,
	indent: number,
	first = ' '.repeat(indent),
): readonly string[] {
	const rest = ' '.repeat(Math.min(indent, Math.max(width - MIN_ROOM, 0)));
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

/** The cells that an indentation leaves for the text. */
const MIN_ROOM = 8;

function isTooWide(word: string, room: number): boolean {
	return widthOf(word) > room;
}
