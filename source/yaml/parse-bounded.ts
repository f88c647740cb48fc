import {
	Composer,
	type CST,
	type Document,
	type DocumentOptions,
	Lexer,
	LineCounter,
	type ParseOptions,
	Parser,
	type SchemaOptions,
} from 'yaml';

/** What one YAML text may hold. Both are far above what people write, and far below what exhausts memory or stack. */
const MOST_LEXEMES = 250_000;
const MOST_LEVELS = 100;

export type BoundedYaml =
	| {
			readonly kind: 'documents';
			readonly documents: readonly Document.Parsed[];
			/** The line, from 1, of an offset in the text. */
			readonly lineAt: (offset: number) => number;
	  }
	/** `more than 100 levels deep`. */
	| {readonly kind: 'too-large'; readonly problem: string};

/**
 * Parses YAML in bounds. The parser takes about 1 kB for each lexeme and recurses into each level: without bounds a file of
 * 400 kB takes all memory, and a deep one ends the process where V8 compiles a pattern at the end of the stack.
 * Errors are in the documents, without the text's excerpt, since making one for each takes quadratic time.
 */
export function parseBounded(
	text: string,
	options: Omit<ParseOptions & DocumentOptions & SchemaOptions, 'lineCounter' | 'prettyErrors'>,
): BoundedYaml {
	const lines = new LineCounter();
	lines.addNewLine(0);
	const parser = new Parser(lines.addNewLine);
	const tokens: CST.Token[] = [];
	let lexemes = 0;
	for (const lexeme of new Lexer().lex(text)) {
		lexemes++;
		if (lexemes > MOST_LEXEMES) {
			return {kind: 'too-large', problem: `more than ${MOST_LEXEMES} words and signs`};
		}

		tokens.push(...parser.next(lexeme));
	}

	tokens.push(...parser.end());
	if (tokens.some(isTooDeep)) {
		return {kind: 'too-large', problem: `more than ${MOST_LEVELS} levels deep`};
	}

	return {
		kind: 'documents',
		documents: [...new Composer({...options, prettyErrors: false}).compose(tokens)],
		lineAt: offset => lines.linePos(offset).line,
	};
}

/** Without recursion, which is what the depth is bounded for. */
function isTooDeep(token: CST.Token): boolean {
	const left: Array<readonly [token: CST.Token, level: number]> = [[token, 0]];
	for (let next = left.pop(); next !== undefined; next = left.pop()) {
		const [one, level] = next;
		if (level > MOST_LEVELS) {
			return true;
		}

		if (one.type === 'document' && one.value !== undefined) {
			left.push([one.value, level + 1]);
		}

		for (const {key, value} of 'items' in one ? one.items : []) {
			left.push(...[key, value].flatMap(inner => (inner ? [[inner, level + 1] as const] : [])));
		}
	}

	return false;
}
