import {type Block, parseMarkdown, type TextSpan} from './markdown.ts';

/** A Markdown topic as a section of a manual page, in the macros of man(7). */
export function renderRoff(markdown: string): string {
	const lines = parseMarkdown(markdown).flatMap(linesOf);
	return lines
		.filter((line, index) => line !== '.PP' || !isHeading(lines[index - 1] ?? ''))
		.map(line => `${line}\n`)
		.join('');
}

/** A heading begins a paragraph itself. */
function isHeading(line: string): boolean {
	return /^\.S[HS] /.test(line);
}

function linesOf(block: Block): readonly string[] {
	switch (block.kind) {
		case 'heading':
			return headingLines(block.level, block.spans.map(({text}) => text).join(''));
		case 'paragraph':
			return ['.PP', textLine(block.spans)];
		case 'item':
			return ['.IP \\(bu 2', textLine(block.spans)];
		case 'code':
			return ['.PP', '.RS 4', '.nf', ...block.lines.map(line => guarded(escapeRoff(line))), '.fi', '.RE'];
		case 'table':
			return block.rows.slice(1).flatMap(row => {
				const tag = row.slice(0, -1).flatMap((cell, index) => [...(index === 0 ? [] : [BLANKS]), ...cell]);
				return ['.TP', textLine(tag), textLine(row.at(-1) ?? [])];
			});
	}
}

const BLANKS: TextSpan = {look: 'plain', text: '  '};

function headingLines(level: number, text: string): readonly string[] {
	// The name of a topic without its summary.
	return level === 1
		? [`.SH ${argument((text.split(':')[0] ?? '').toUpperCase())}`]
		: level === 2
			? [`.SS ${argument(text)}`]
			: ['.PP', `\\fB${escapeRoff(text)}\\fR`];
}

/** One argument of a macro. */
export function argument(text: string): string {
	return `"${escapeRoff(text).replaceAll('"', '\\(dq')}"`;
}

function textLine(spans: readonly TextSpan[]): string {
	return guarded(
		spans
			.map(({look, text}) => (look === 'plain' ? escapeRoff(text) : `\\fB${escapeRoff(text)}\\fR`))
			.join(''),
	);
}

/** A line of text that begins with `.` or `'` would be a request. */
function guarded(line: string): string {
	return /^[.']/.test(line) ? `\\&${line}` : line;
}

/** Only ASCII is left, so that no encoding need be guessed. `-`, `'`, `^`, `~` and `` ` `` would be printed as others. */
export function escapeRoff(text: string): string {
	return text.replace(/[\\\-'^~`]|[^\x20-\x7E]/gu, sign => {
		const known = SIGNS[sign];
		return known ?? `\\[u${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
	});
}

const SIGNS: Readonly<Record<string, string>> = {
	'\\': '\\(rs',
	'-': '\\-',
	"'": '\\(aq',
	'^': '\\(ha',
	'~': '\\(ti',
	'`': '\\(ga',
};
