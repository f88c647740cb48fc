import {fitLine, graphemesOf, widthOf} from '../../format/width.ts';

/** A label and its text, as pieces between which lines may break. */
export type Fact = {
	readonly label: string;
	readonly pieces: readonly string[];
	/** The used share, 0 to 1 or above, which sorts facts by urgency; undefined if there is no limit. */
	readonly share: number | undefined;
};

export type FactColumnsOptions = {
	readonly facts: readonly Fact[];
	readonly width: number;
	readonly ellipsis: string;
	readonly paintLabel: (label: string) => string;
	/** Paints the note about the facts without room. */
	readonly paintNote: (text: string) => string;
};

/** The number of columns by the least width, the widest first. */
const COLUMNS_FROM: ReadonlyArray<readonly [width: number, columns: number]> = [
	[240, 4],
	[180, 3],
	[100, 2],
];

const INDENT = 2;
const LABEL_CELLS = 12;

/** In a narrower column, text is cut instead of wrapped. */
const MIN_TEXT = 6;

/** The lines of a fact, each as wide as a column. */
type Block = readonly string[];

/** The number of lines that all facts need. */
export function factLines(options: FactColumnsOptions): number {
	const blocks = blocksOf(options);
	return heightOf(blocks, columnsOf(options.width));
}

/** The number of pages at this height. */
export function factPages(options: FactColumnsOptions, height: number): number {
	return pagesOf(options, height).length;
}

/**
 * Draws a page of facts in columns that are filled one after the other; exactly `height` lines of `width` cells. If there
 * is no room for all, the last line says which page it is, and how to see the others.
 */
export function drawFactColumns(
	options: FactColumnsOptions,
	height: number,
	page: number,
): readonly string[] {
	const {width, ellipsis, paintNote} = options;
	const pages = pagesOf(options, height);
	const index = Math.min(page, pages.length - 1);
	const columns = pages[index] ?? [];
	const columnWidth = Math.floor(width / columnsOf(width));
	return Array.from({length: height}, (_, row) => {
		if (pages.length > 1 && row === height - 1 && height > 1) {
			const note = `  ${ellipsis} facts ${index + 1} of ${pages.length}: J next, K previous`;
			return fitLine(paintNote(note), width, ellipsis);
		}

		const line = columns.map(({lines}) => fitLine(lines[row] ?? '', columnWidth, ellipsis)).join('');
		return line + ' '.repeat(Math.max(width - columnWidth * columns.length, 0));
	});
}

/** The columns of each page. All but an only page leave a line for the note. */
function pagesOf(options: FactColumnsOptions, height: number): ReadonlyArray<readonly Filled[]> {
	const count = columnsOf(options.width);
	const blocks = blocksOf(options);
	const needed = heightOf(blocks, count);
	if (needed <= height) {
		return [fill(blocks, needed, count)];
	}

	const pages: Array<readonly Filled[]> = [];
	for (let rest = blocks; rest.length > 0; ) {
		const page = squeeze(rest, Math.max(height - 1, 1), count);
		const taken = new Set(page.flatMap(({blocks}) => blocks));
		pages.push(page);
		rest = rest.filter(block => !taken.has(block));
	}

	return pages;
}

function columnsOf(width: number): number {
	return COLUMNS_FROM.find(([from]) => width >= from)?.[1] ?? 1;
}

function blocksOf({facts, width, ellipsis, paintLabel}: FactColumnsOptions): readonly Block[] {
	// One blank between columns.
	const columnWidth = Math.floor(width / columnsOf(width)) - 1;
	const textWidth = Math.max(columnWidth - INDENT - LABEL_CELLS, MIN_TEXT);
	return facts.map(({label, pieces}) =>
		wrapped(pieces, textWidth, ellipsis).map((line, index) => {
			const name = index === 0 ? fitLine(label, LABEL_CELLS - 1, ellipsis) : ' '.repeat(LABEL_CELLS - 1);
			return fitLine(`${' '.repeat(INDENT)}${paintLabel(name)} ${line}`, columnWidth, ellipsis);
		}),
	);
}

/** Wraps pieces into lines. A piece that is wider than a line is broken between its words, or cut if it has colours. */
function wrapped(pieces: readonly string[], width: number, ellipsis: string): Block {
	const lines: string[] = [];
	let line = '';
	for (const piece of pieces.flatMap(each => broken(each, width, ellipsis))) {
		if (line !== '' && widthOf(line) + 1 + widthOf(piece) > width) {
			lines.push(line);
			line = '';
		}

		line += line === '' ? piece : ` ${piece}`;
	}

	return [...lines, line];
}

function broken(piece: string, width: number, ellipsis: string): readonly string[] {
	if (widthOf(piece) <= width) {
		return [piece];
	}

	if (piece.includes('\u001B')) {
		return [fitLine(piece, width, ellipsis)];
	}

	const parts: string[] = [];
	let part = '';
	for (const word of piece.split(' ')) {
		if (part !== '' && widthOf(part) + 1 + widthOf(word) > width) {
			parts.push(part);
			part = '';
		}

		part += part === '' ? '' : ' ';
		for (const character of widthOf(word) > width ? graphemesOf(word) : [word]) {
			if (widthOf(part + character) > width) {
				parts.push(part);
				part = '';
			}

			part += character;
		}
	}

	return [...parts, part];
}

/** The least height at which all blocks fit whole into the columns. */
function heightOf(blocks: readonly Block[], columns: number): number {
	const all = blocks.reduce((sum, block) => sum + block.length, 0);
	for (let height = Math.max(Math.ceil(all / columns), 1); height < all; height++) {
		const taken = fill(blocks, height, columns).reduce((sum, column) => sum + column.blocks.length, 0);
		if (taken === blocks.length) {
			return height;
		}
	}

	return Math.max(all, 1);
}

/** A column: its lines, and the blocks that they are of. */
type Filled = {readonly lines: readonly string[]; readonly blocks: readonly Block[]};

/** Fills columns that are too low for all blocks, and puts short later blocks into the gaps at their ends. */
function squeeze(blocks: readonly Block[], height: number, columns: number): readonly Filled[] {
	const filled = fill(blocks, height, columns);
	const taken = filled.reduce((sum, column) => sum + column.blocks.length, 0);
	const left = blocks.slice(taken).sort((one, other) => one.length - other.length);
	return filled.map(({lines, blocks: own}) => {
		const all = [...lines];
		const more = [...own];
		for (let block = left[0]; block !== undefined && all.length + block.length <= height; block = left[0]) {
			all.push(...block);
			more.push(block);
			left.shift();
		}

		return {lines: all, blocks: more};
	});
}

/** Fills column after column with whole blocks; only the first block is cut if it is higher than a column. */
function fill(blocks: readonly Block[], height: number, columns: number): readonly Filled[] {
	let next = 0;
	return Array.from({length: columns}, (_, column) => {
		const lines: string[] = [];
		const first = next;
		for (let block = blocks[next]; block !== undefined; block = blocks[next]) {
			if (lines.length + block.length > height && !(column === 0 && next === 0)) {
				break;
			}

			lines.push(...block);
			next++;
		}

		return {lines: lines.slice(0, height), blocks: blocks.slice(first, next)};
	});
}
