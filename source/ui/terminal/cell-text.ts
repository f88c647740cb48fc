import {styledCharsFromTokens, tokenize} from '@alcalzone/ansi-tokenize';
import {isPlain, widthOf} from '../format/width.ts';
import {CellStyle} from './cell-style.ts';
import {memoizeRecent} from './memoize-recent.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: SGR sequences begin with ESC
const SGR = /\u001B\[[0-9;]*m/g;
const IGNORABLE = /^\p{Default_Ignorable_Code_Point}+$/u;

/** Neighbouring characters with the same style. */
type Run = {readonly style: CellStyle; readonly text: string};

/** One line of text, parsed into cells like Ink's Output does. */
export type CellText = {
	readonly runs: readonly Run[];
	/** The styles of the first and the last cell. */
	readonly first: CellStyle;
	readonly last: CellStyle;
	/** The characters with the codes between them. */
	readonly body: string;
	/** `body` with the codes before the first and after the last cell: Ink's output for this line alone. */
	readonly line: string;
	/** The number of cells; characters of width 0 take one each. */
	readonly cells: number;
	/** Whether each cell is one UTF-16 unit, so that the text can be cut anywhere. */
	readonly isPlain: boolean;
	/** Whether Ink's clipping does not change the line if the clip includes all cells. */
	readonly isEven: boolean;
};

/** The lines of a text, at least one; a style that is not reset continues in the next line. */
export const cellTextsOf = memoizeRecent((text: string): readonly CellText[] => {
	const lines = text.split('\n');
	return lines.every(line => isPlain(withoutSgr(line))) ? plainLines(lines) : otherLines(text);
});

/** Parses a text without line breaks. */
export function cellTextOf(line: string): CellText {
	return cellTextsOf(line)[0] ?? EMPTY;
}

/** The width of the widest line; undefined if the text has other characters than plain ones, SGR and line breaks. */
export function plainWidth(text: string): number | undefined {
	let width = 0;
	for (const {cells, isPlain} of cellTextsOf(text)) {
		if (!isPlain) {
			return undefined;
		}

		width = Math.max(width, cells);
	}

	return width;
}

/** The cells of a plain text from `start` up to, but not including, `end`. */
export function cutCells({runs}: CellText, start: number, end: number): CellText {
	const kept: Run[] = [];
	let cell = 0;
	for (const {style, text} of runs) {
		const part = text.slice(Math.max(start - cell, 0), Math.max(end - cell, 0));
		if (part !== '') {
			kept.push({style, text: part});
		}

		cell += text.length;
	}

	return plainOf(kept);
}

function withoutSgr(line: string): string {
	return line.includes('\u001B') ? line.replace(SGR, '') : line;
}

function plainLines(lines: readonly string[]): readonly CellText[] {
	let style = CellStyle.none;
	return lines.map(line => {
		const runs: Run[] = [];
		let start = 0;
		const add = (end: number): void => {
			if (end > start) {
				runs.push({style, text: line.slice(start, end)});
			}
		};
		for (const match of line.matchAll(SGR)) {
			add(match.index);
			style = style.after(match[0]);
			start = match.index + match[0].length;
		}

		add(line.length);
		return plainOf(runs);
	});
}

/** Parses text with characters that are not plain into graphemes. */
function otherLines(text: string): readonly CellText[] {
	const lines: {runs: Run[]; cells: number; width: number; hasNone: boolean}[] = [];
	const begin = () => {
		const line = {runs: [], cells: 0, width: 0, hasNone: false};
		lines.push(line);
		return line as (typeof lines)[number];
	};
	let line = begin();
	for (const {value, styles} of styledCharsFromTokens(tokenize(text))) {
		if (value === '\n') {
			line = begin();
		} else if (!IGNORABLE.test(value)) {
			const width = widthOf(value);
			line.runs.push({style: CellStyle.of(styles), text: value});
			line.cells += Math.max(width, 1);
			line.width += width;
			line.hasNone ||= width === 0;
		}
	}

	return lines.map(({runs, cells, width, hasNone}) => ({
		...joined(runs),
		cells,
		isPlain: false,
		isEven: !hasNone && lines.length === 1 && width === widthOf(text),
	}));
}

function plainOf(runs: readonly Run[]): CellText {
	const cells = runs.reduce((sum, {text}) => sum + text.length, 0);
	return {...joined(runs), cells, isPlain: true, isEven: true};
}

function joined(runs: readonly Run[]): Pick<CellText, 'runs' | 'first' | 'last' | 'body' | 'line'> {
	const first = runs[0]?.style ?? CellStyle.none;
	let last = first;
	let body = '';
	for (const {style, text} of runs) {
		body += last.changeTo(style) + text;
		last = style;
	}

	const line = CellStyle.none.changeTo(first) + body + last.changeTo(CellStyle.none);
	return {runs, first, last, body, line};
}

const EMPTY = plainOf([]);
