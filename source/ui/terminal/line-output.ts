import {CellStyle} from './cell-style.ts';
import {type CellText, cellTextOf, cellTextsOf, cutCells} from './cell-text.ts';

export type Transformer = (line: string, index: number) => string;

/** The cells from `x1`, `y1` up to, but not including, `x2`, `y2`; undefined: no bound. */
export type Clip = {
	readonly x1: number | undefined;
	readonly x2: number | undefined;
	readonly y1: number | undefined;
	readonly y2: number | undefined;
};

type Size = {readonly width: number; readonly height: number};

/** The interface of Ink's module `output.js` for its renderer. */
export type Output = {
	readonly width: number;
	readonly height: number;
	write(x: number, y: number, text: string, options: {transformers: Transformer[]}): void;
	clip(clip: Clip): void;
	unclip(): void;
	get(): {output: string; height: number};
};

type Write = {
	readonly type: 'write';
	readonly x: number;
	readonly y: number;
	readonly text: string;
	readonly transformers: Transformer[];
};
export type Operation = Write | {readonly type: 'clip'; readonly clip: Clip} | {readonly type: 'unclip'};

/** A text at a position in a row, with no cell covered by another text. */
type Placed = {readonly x: number; readonly text: CellText};

/**
 * Replaces Ink's Output, which parses every line of every frame into cells. This one has the same result, but composes
 * whole lines and caches their parsing. Rows in which a wide character is cut or half covered, or in which text starts
 * outside of the frame, are left to Ink's Output.
 */
export function lineOutput(InkOutput: new (size: Size) => Output): new (size: Size) => Output {
	return class LineOutput implements Output {
		readonly width: number;
		readonly height: number;
		readonly #operations: Operation[] = [];

		constructor({width, height}: Size) {
			this.width = width;
			this.height = height;
		}

		write(x: number, y: number, text: string, {transformers}: {transformers: Transformer[]}): void {
			if (text !== '') {
				this.#operations.push({type: 'write', x, y, text, transformers});
			}
		}

		clip(clip: Clip): void {
			this.#operations.push({type: 'clip', clip});
		}

		unclip(): void {
			this.#operations.push({type: 'unclip'});
		}

		get(): {output: string; height: number} {
			const {height} = this;
			const rows = composedRows(this.#operations, this);
			if (rows === undefined) {
				return {output: this.#byInk(0, height), height};
			}

			const shown: string[] = [];
			for (let from = 0; from < height; ) {
				const row = rows[from];
				let to = from + 1;
				if (row !== undefined) {
					shown.push(row);
				} else {
					while (to < height && rows[to] === undefined) {
						to++;
					}

					shown.push(this.#byInk(from, to));
				}

				from = to;
			}

			return {output: shown.join('\n'), height};
		}

		/** The rows from `from` up to, but not including, `to`, composed by Ink. */
		#byInk(from: number, to: number): string {
			const output = new InkOutput({width: this.width, height: to - from});
			const moved = (y: number | undefined) => (y === undefined ? undefined : y - from);
			for (const operation of this.#operations) {
				if (operation.type === 'clip') {
					const {x1, x2, y1, y2} = operation.clip;
					output.clip({x1, x2, y1: moved(y1), y2: moved(y2)});
				} else if (operation.type === 'unclip') {
					output.unclip();
				} else {
					const {x, y, text, transformers} = operation;
					if (y < to && y + cellTextsOf(text).length > from) {
						output.write(x, y - from, text, {transformers});
					}
				}
			}

			return output.get().output;
		}
	};
}

/** The composed rows; undefined for rows that Ink has to compose, or instead of all if it has to compose all. */
export function composedRows(
	operations: readonly Operation[],
	{width, height}: Size,
): (string | undefined)[] | undefined {
	if (!Number.isInteger(width) || !Number.isInteger(height)) {
		return undefined;
	}

	const rows: (Placed[] | undefined)[] = Array.from({length: Math.max(height, 0)}, () => []);
	const clips: (Clip | undefined)[] = [];
	for (const operation of operations) {
		if (operation.type === 'clip') {
			clips.push(intersection(clips.at(-1), operation.clip));
		} else if (operation.type === 'unclip') {
			clips.pop();
		} else if (!place(operation, clips.at(-1), rows, width)) {
			return undefined;
		}
	}

	return rows.map(row => (row === undefined ? undefined : composed(row)));
}

/** Writes into the rows; returns false if only Ink can. */
function place(
	{x: left, y, text, transformers}: Write,
	clip: Clip | undefined,
	rows: (Placed[] | undefined)[],
	width: number,
): boolean {
	if (!Number.isInteger(left) || !Number.isInteger(y)) {
		return false;
	}

	const {x1, x2, y1, y2} = clip ?? {};
	const isBetween = x1 !== undefined && x2 !== undefined;
	const lines = cellTextsOf(text);
	if (
		clip !== undefined &&
		(isEmpty(x1, x2) || isEmpty(y1, y2) || (isBetween && isOutside(lines, left, x1, x2)))
	) {
		return true;
	}

	const isBounded = y1 !== undefined && y2 !== undefined;
	const top = Math.max(y, 0, isBounded ? y1 : 0);
	const bottom = Math.min(y + lines.length, rows.length, isBounded ? y2 : rows.length);
	for (let at = top; at < bottom; at++) {
		const row = rows[at];
		const whole = lines[at - y];
		if (row === undefined || whole === undefined) {
			continue;
		}

		const seen = isBetween ? clipped(whole, left, x1, x2) : whole;
		if (seen === undefined) {
			rows[at] = undefined;
			continue;
		}

		const line = transformers.reduce((shown, transform) => transform(shown, at - y), seen.line);
		const x = isBetween ? Math.max(left, x1) : left;
		const added = cellTextOf(line);
		if (line.includes('\n') || (added.cells > 0 && (x < 0 || x > width || !cover(row, {x, text: added})))) {
			rows[at] = undefined;
		}
	}

	return true;
}

/** Ink measures the text before parsing; only for plain text is that the number of its cells. */
function isOutside(lines: readonly CellText[], x: number, x1: number, x2: number): boolean {
	return x > x2 || (lines.every(line => line.isPlain) && lines.every(({cells}) => x + cells < x1));
}

/** The part of a line inside a clip; undefined if the clip may cut a wide character. */
function clipped(whole: CellText, x: number, x1: number, x2: number): CellText | undefined {
	const text = cellTextOf(whole.line);
	if (!text.isEven) {
		return undefined;
	}

	if (x >= x1 && x + text.cells <= x2) {
		return text;
	}

	return whole.isPlain && text.isPlain ? cutCells(text, x1 - x, x2 - x) : undefined;
}

/** Adds a text to a row and cuts the texts that it covers; returns false if that would cut a wide character. */
function cover(row: Placed[], added: Placed): boolean {
	const end = added.x + added.text.cells;
	let index = row.length;
	while (index > 0 && (row[index - 1]?.x ?? 0) >= end) {
		index--;
	}

	// The common case: the text is right of all others.
	const last = row[index - 1];
	if (last === undefined || last.x + last.text.cells <= added.x) {
		row.splice(index, 0, added);
		return true;
	}

	const covered = row.splice(0, index);
	const kept: Placed[] = [];
	const right: Placed[] = [];
	for (const under of covered) {
		const {x, text} = under;
		const underEnd = x + text.cells;
		if (underEnd <= added.x) {
			kept.push(under);
			continue;
		}

		if ((x < added.x || underEnd > end) && !text.isPlain) {
			return false;
		}

		if (x < added.x) {
			kept.push({x, text: cutCells(text, 0, added.x - x)});
		}

		if (underEnd > end) {
			right.push({x: end, text: cutCells(text, end - x, text.cells)});
		}
	}

	row.unshift(...kept, added, ...right);
	return true;
}

function composed(row: readonly Placed[]): string {
	let line = '';
	let end = 0;
	let style = CellStyle.none;
	for (const {x, text} of row) {
		if (x > end) {
			line += style.changeTo(CellStyle.none) + ' '.repeat(x - end);
			style = CellStyle.none;
		}

		line += style.changeTo(text.first) + text.body;
		style = text.last;
		end = x + text.cells;
	}

	return (line + style.changeTo(CellStyle.none)).trimEnd();
}

function intersection(outer: Clip | undefined, inner: Clip): Clip {
	if (outer === undefined) {
		return inner;
	}

	return {
		x1: tighter(outer.x1, inner.x1, Math.max),
		x2: tighter(outer.x2, inner.x2, Math.min),
		y1: tighter(outer.y1, inner.y1, Math.max),
		y2: tighter(outer.y2, inner.y2, Math.min),
	};
}

function tighter(
	a: number | undefined,
	b: number | undefined,
	choose: (a: number, b: number) => number,
): number | undefined {
	return a === undefined ? b : b === undefined ? a : choose(a, b);
}

function isEmpty(from: number | undefined, to: number | undefined): boolean {
	return from !== undefined && to !== undefined && from >= to;
}
