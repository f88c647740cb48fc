import {isPlain} from '../format/width.ts';
import {findScroll, scrolled, scrollSequence} from './scroll.ts';
import {type StyledCells, styledCells} from './styled-cells.ts';

/** DEC private mode 2026 (synchronized output): the terminal shows a frame only when it is complete. */
const BEGIN_FRAME = '\u001B[?2026h';
const END_FRAME = '\u001B[?2026l';

const ERASE_TO_END = '\u001B[K';
const ERASE_LINE = '\u001B[2K';

/** Moving the cursor costs about five bytes, and leaving a style some more, so shorter runs of unchanged cells are written again. */
const MIN_GAP = 8;

/** Keeps the last frame and computes the shortest output that turns it into the next one: only cells that changed. */
export class FramePainter {
	#lines: readonly string[] = [];
	/** The parsed lines that changed last, which are the likeliest to change again. */
	readonly #cells = new Map<string, StyledCells>();

	/** The output that turns the last frame into this one; empty if they are equal. Lines contain only text and SGR. */
	paint(lines: readonly string[]): string {
		const scroll = findScroll(this.#lines, lines);
		const before = scroll === undefined ? this.#lines : scrolled(this.#lines, scroll);
		const known = new Map(this.#cells);
		this.#cells.clear();
		this.#lines = lines;
		let sequence = scroll === undefined ? '' : scrollSequence(scroll);
		for (const [row, line] of lines.entries()) {
			const old = before[row];
			if (old === line) {
				continue;
			}

			const cells = styledCells(line);
			this.#cells.set(line, cells);
			sequence +=
				old === undefined || old === ''
					? wholeLine(row, cells)
					: changedCells(row, known.get(old) ?? styledCells(old), cells);
		}

		return sequence === '' ? '' : `${BEGIN_FRAME}${sequence}${END_FRAME}`;
	}

	/** To be called when the content of the terminal is unknown, as after a resize: the next frame is written whole. */
	forget(): void {
		this.#lines = [];
	}
}

/** A line with characters whose width depends on the terminal is erased first, so that no old cells remain. */
function wholeLine(row: number, cells: StyledCells): string {
	const erased = cells.isPlain ? '' : ERASE_LINE;
	return moveTo(row, 0) + erased + written(row, cells, 0, cells.characters.length, true);
}

/** The runs of changed cells; a line with characters whose width depends on the terminal is written whole. */
function changedCells(row: number, before: StyledCells, after: StyledCells): string {
	const {length} = after.characters;
	if (!before.isPlain || !after.isPlain || before.characters.length !== length) {
		return wholeLine(row, after);
	}

	const differs = (cell: number): boolean =>
		before.characters[cell] !== after.characters[cell] || before.styles[cell] !== after.styles[cell];
	let sequence = '';
	for (let start = 0; start < length; start++) {
		if (!differs(start)) {
			continue;
		}

		let end = start + 1;
		for (let cell = end; cell < length && cell - end < MIN_GAP; cell++) {
			if (differs(cell)) {
				end = cell + 1;
			}
		}

		// Within a row the column is enough; it is absolute, too, so that an error of one run does not move the next.
		sequence +=
			(sequence === '' ? moveTo(row, start) : moveToColumn(start)) +
			written(row, after, start, end, end === length);
		start = end;
	}

	return sequence;
}

/**
 * Cells with as few style changes as possible; the style is reset at the end. The cursor is set behind characters whose width
 * depends on the terminal, so that later columns stay aligned.
 */
function written(
	row: number,
	{characters, styles, isPlain: isAllPlain}: StyledCells,
	start: number,
	end: number,
	isToEnd: boolean,
): string {
	const last = isToEnd ? endOfText(characters, styles, start, end) : end;
	let sequence = '';
	let style = '';
	let isCursorSure = true;
	for (let cell = start; cell < last; cell++) {
		const character = characters[cell] ?? '';
		if (!isAllPlain && character !== '') {
			const isSure = isPlain(character);
			if (isSure && !isCursorSure) {
				sequence += moveTo(row, cell);
			}

			isCursorSure = isSure;
		}

		const wanted = styles[cell] ?? '';
		if (wanted !== style) {
			sequence += wanted === '' ? '\u001B[m' : style === '' ? `\u001B[${wanted}m` : `\u001B[0;${wanted}m`;
			style = wanted;
		}

		sequence += character;
	}

	return sequence + (style === '' ? '' : '\u001B[m') + (last < end ? ERASE_TO_END : '');
}

/** The end without trailing blanks, which are erased instead of written if that is shorter. */
function endOfText(
	characters: readonly string[],
	styles: readonly string[],
	start: number,
	end: number,
): number {
	let last = end;
	while (last > start && characters[last - 1] === ' ' && styles[last - 1] === '') {
		last--;
	}

	return end - last > ERASE_TO_END.length ? last : end;
}

/** Moves the cursor; terminals count from 1. */
function moveTo(row: number, cell: number): string {
	return `\u001B[${row + 1};${cell + 1}H`;
}

/** Moves the cursor within its row (CHA): two or three bytes less than the row and the column. */
function moveToColumn(cell: number): string {
	return `\u001B[${cell + 1}G`;
}
