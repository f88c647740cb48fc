import {type Block, parseMarkdown, type TextSpan} from './markdown.ts';
import {wrapWords} from './wrap-words.ts';

export type TextStyle = {
	/** In cells. */
	readonly width: number;
	/** Whether headings and code are set off by colours and weight; else code keeps its backquotes. */
	readonly isColored: boolean;
};

/** A Markdown topic as text for a terminal; only code may be wider than `width`. Ends with a newline. */
export function renderText(markdown: string, style: TextStyle): string {
	const blocks = parseMarkdown(markdown);
	const lines = blocks.flatMap((block, index) => [
		...(index === 0 || (block.kind === 'item' && blocks[index - 1]?.kind === 'item') ? [] : ['']),
		...linesOf(block, style),
	]);
	return `${lines.join('\n')}\n`;
}

/** The indent of everything except headings. */
const INDENT = '  ';

function linesOf(block: Block, style: TextStyle): readonly string[] {
	const inner = {...style, width: style.width - INDENT.length};
	switch (block.kind) {
		case 'heading':
			return wrapWords(plainOf(block.spans), style.width).map(line => paint('1', line, style));
		case 'paragraph':
			return indented(wrapWords(join(block.spans, style), inner.width, lengthOf));
		case 'item':
			return wrapWords(join(block.spans, style), inner.width - 2, lengthOf).map(
				(line, index) => `${INDENT}${index === 0 ? '- ' : '  '}${line}`,
			);
		case 'code':
			return block.lines.map(line => (line === '' ? '' : `${INDENT}  ${paint(CODE, line, style)}`));
		case 'table':
			return indented(tableLines(block.rows, inner));
	}
}

function indented(lines: readonly string[]): readonly string[] {
	return lines.map(line => INDENT + line);
}

/** Between the columns of a table. */
const GAP = 2;

/** The least width of the last column. A table with less room is printed as a list for each row. */
const LEAST_LAST_COLUMN = 24;

function tableLines(
	[head = [], ...rows]: ReadonlyArray<ReadonlyArray<readonly TextSpan[]>>,
	style: TextStyle,
): readonly string[] {
	const all = [head, ...rows];
	const widths = head
		.slice(0, -1)
		.map((_, column) => Math.max(...all.map(row => lengthOf(plainOf(row[column] ?? [])))) + GAP);
	const indent = widths.reduce((sum, width) => sum + width, 0);
	if (style.width - indent < LEAST_LAST_COLUMN) {
		return rows.flatMap(([first = [], ...others]) => [
			...wrapCell(first, style.width, style),
			...others.flatMap(cell => indented(wrapCell(cell, style.width - INDENT.length, style))),
		]);
	}

	return all.flatMap(row => {
		const starts = widths.map((width, column) => {
			const text = cellText(row[column] ?? [], style);
			return text + ' '.repeat(width - lengthOf(text));
		});
		return wrapCell(row.at(-1) ?? [], style.width - indent, style).map(
			(line, index) => (index === 0 ? starts.join('') : ' '.repeat(indent)) + line,
		);
	});
}

function wrapCell(spans: readonly TextSpan[], width: number, style: TextStyle): readonly string[] {
	return wrapWords(cellText(spans, style), width, lengthOf);
}

/** Code in a table needs no quotes: the columns separate it. */
function cellText(spans: readonly TextSpan[], style: TextStyle): string {
	return style.isColored ? join(spans, style) : plainOf(spans);
}

/** Each word is painted separately, so that a line can break after any of them. */
function join(spans: readonly TextSpan[], style: TextStyle): string {
	return spans
		.map(({look, text}) =>
			look === 'plain' ? text : look === 'code' ? codeText(text, style) : paintWords('1', text, style),
		)
		.join('');
}

function codeText(text: string, style: TextStyle): string {
	return style.isColored ? paintWords(CODE, text, style) : `\`${text}\``;
}

function paintWords(code: string, text: string, style: TextStyle): string {
	return text.replace(/\S+/g, word => paint(code, word, style));
}

function plainOf(spans: readonly TextSpan[]): string {
	return spans.map(({text}) => text).join('');
}

/** Cyan, which every palette of 16 colours keeps readable. */
const CODE = '36';

function paint(code: string, text: string, {isColored}: TextStyle): string {
	return isColored ? `\u001B[${code}m${text}\u001B[0m` : text;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: SGR sequences begin with ESC
const SGR = /\u001B\[[0-9;]*m/g;

function lengthOf(text: string): number {
	return [...text.replace(SGR, '')].length;
}
