/** A run of text in one style. */
export type TextSpan = {readonly look: 'plain' | 'code' | 'strong'; readonly text: string};

export type Block =
	| {readonly kind: 'heading'; readonly level: number; readonly spans: readonly TextSpan[]}
	| {readonly kind: 'paragraph'; readonly spans: readonly TextSpan[]}
	| {readonly kind: 'item'; readonly spans: readonly TextSpan[]}
	| {readonly kind: 'code'; readonly lines: readonly string[]}
	| {readonly kind: 'table'; readonly rows: ReadonlyArray<ReadonlyArray<readonly TextSpan[]>>};

/**
 * Parses the Markdown that the topics are written in: `#` headings, paragraphs, `-` items, fenced code and tables;
 * within a line code, `**strong**` and links, of which the text is kept. Comments and the head of a table are dropped.
 */
export function parseMarkdown(text: string): readonly Block[] {
	const blocks: Block[] = [];
	const lines = text.replace(/<!--[\s\S]*?-->/g, '').split('\n');
	for (let at = 0; at < lines.length; ) {
		const line = lines[at] ?? '';
		const end = endOfBlock(lines, at);
		const block = blockOf(line, lines.slice(at, end));
		if (block !== undefined) {
			blocks.push(block);
		}

		at = end;
	}

	return blocks;
}

const FENCE = /^```/;
const HEADING = /^(#+) (.*)$/;
const ITEM = /^- /;
const ROW = /^\|/;

/** The index of the first line after the block that begins at `at`. */
function endOfBlock(lines: readonly string[], at: number): number {
	const line = lines[at] ?? '';
	const indexFrom = (start: number, isEnd: (line: string) => boolean): number => {
		const found = lines.slice(start).findIndex(isEnd);
		return found === -1 ? lines.length : start + found;
	};
	if (FENCE.test(line)) {
		return indexFrom(at + 1, one => FENCE.test(one)) + 1;
	}

	if (ROW.test(line)) {
		return indexFrom(at + 1, one => !ROW.test(one));
	}

	return line === '' || HEADING.test(line)
		? at + 1
		: indexFrom(at + 1, one => one === '' || [FENCE, HEADING, ITEM, ROW].some(start => start.test(one)));
}

/** Undefined for a blank line. */
function blockOf(line: string, lines: readonly string[]): Block | undefined {
	if (FENCE.test(line)) {
		return {kind: 'code', lines: lines.slice(1).filter(one => !FENCE.test(one))};
	}

	if (ROW.test(line)) {
		// The second line of a table is its rule.
		return {kind: 'table', rows: lines.filter((_, index) => index !== 1).map(cellsOf)};
	}

	const heading = HEADING.exec(line);
	if (heading !== null) {
		return {kind: 'heading', level: heading[1]?.length ?? 1, spans: spansOf(heading[2] ?? '')};
	}

	const text = lines.map(one => one.trim()).join(' ');
	if (text.trim() === '') {
		return undefined;
	}

	return ITEM.test(line)
		? {kind: 'item', spans: spansOf(text.slice(2))}
		: {kind: 'paragraph', spans: spansOf(text)};
}

/** A `|` within a cell is written `\|`. */
function cellsOf(row: string): ReadonlyArray<readonly TextSpan[]> {
	return row
		.replace(/^\||\|\s*$/g, '')
		.split(/(?<!\\)\|/)
		.map(cell => spansOf(cell.trim().replaceAll('\\|', '|')));
}

const INLINE = /`` (.+?) ``|`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\([^)]*\)/;

function spansOf(text: string): readonly TextSpan[] {
	const spans: TextSpan[] = [];
	let rest = text;
	for (let found = INLINE.exec(rest); found !== null; found = INLINE.exec(rest)) {
		const [whole, quotedCode, code, strong, link] = found;
		spans.push({look: 'plain', text: rest.slice(0, found.index)});
		if (link !== undefined) {
			spans.push(...spansOf(link));
		} else {
			spans.push(
				strong === undefined
					? {look: 'code', text: quotedCode ?? code ?? ''}
					: {look: 'strong', text: strong},
			);
		}

		rest = rest.slice(found.index + whole.length);
	}

	return [...spans, {look: 'plain', text: rest} as const].filter(({text}) => text !== '');
}
