import {findScroll, scrolled, scrollSequence} from './scroll.ts';
import {type StyledCells, styledCells} from './styled-cells.ts';

/** DEC private mode 2026: a terminal that knows it shows nothing of a frame before all of it is there. */
const BEGIN_FRAME = '\u001B[?2026h';
const END_FRAME = '\u001B[?2026l';

const ERASE_TO_END = '\u001B[K';
const ERASE_LINE = '\u001B[2K';

/** Going elsewhere costs some eight bytes: what stayed the same in between is written again where that is shorter. */
const SHORTEST_GAP = 8;

/**
 * Knows what a terminal shows, and so what has to be written for it to show something else: of each line only the
 * cells that changed. A frame that equals the last one costs nothing.
 */
export class FramePainter {
	#lines: readonly string[] = [];
	/** Of the lines that changed last: those change again. */
	readonly #cells = new Map<string, StyledCells>();

	/** What turns the last frame into this one; empty where they are the same. Lines hold text and SGR sequences alone. */
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

	/** The terminal may show anything now, as after a resize: the next frame is written whole. */
	forget(): void {
		this.#lines = [];
	}
}

/** Where the terminal may think of a width otherwise, nothing of what was there may stay. */
function wholeLine(row: number, cells: StyledCells): string {
	const erased = cells.isPlain ? '' : ERASE_LINE;
	return moveTo(row, 0) + erased + written(cells, 0, cells.characters.length, true);
}

/** The runs of cells that differ; a line with characters of doubtful width is written whole. */
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
		for (let cell = end; cell < length && cell - end < SHORTEST_GAP; cell++) {
			if (differs(cell)) {
				end = cell + 1;
			}
		}

		sequence += moveTo(row, start) + written(after, start, end, end === length);
		start = end;
	}

	return sequence;
}

/** Cells with as few changes of style as may be, and none in force behind them. */
function written({characters, styles}: StyledCells, start: number, end: number, isToEnd: boolean): string {
	const last = isToEnd ? lastThatShows(characters, styles, start, end) : end;
	let sequence = '';
	let style = '';
	for (let cell = start; cell < last; cell++) {
		const wanted = styles[cell] ?? '';
		if (wanted !== style) {
			sequence += wanted === '' ? '\u001B[m' : style === '' ? `\u001B[${wanted}m` : `\u001B[0;${wanted}m`;
			style = wanted;
		}

		sequence += characters[cell] ?? '';
	}

	return sequence + (style === '' ? '' : '\u001B[m') + (last < end ? ERASE_TO_END : '');
}

/** Blanks at the end of a line are erased rather than written, where that is shorter. */
function lastThatShows(
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

/** Terminals count from 1. */
function moveTo(row: number, cell: number): string {
	return `\u001B[${row + 1};${cell + 1}H`;
}
