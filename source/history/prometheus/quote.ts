/**
 * Quotes text for PromQL (prometheus `docs/querying/basics.md`: Go's escapes). Names from the cluster are untrusted:
 * without quoting, one could change the query.
 */

/** A string literal, as in `{pod="web-0"}`. A lone surrogate becomes U+FFFD, as in UTF-8. */
export function promqlString(text: string): string {
	const escaped = [...text].map(character => {
		const code = character.codePointAt(0) ?? 0;
		if (character === '"' || character === '\\') {
			return `\\${character}`;
		}

		if (code >= 0x20 && code < 0x7f) {
			return character;
		}

		// The lexer rejects line breaks and a literal U+FFFD (promql/parser/lex.go `lexString`), but takes the escapes.
		return escapeCode(code >= 0xd800 && code <= 0xdfff ? 0xfffd : code);
	});
	return `"${escaped.join('')}"`;
}

/** A regular expression (RE2) that matches exactly these names: `"web-0|web\\.1"`, quoted. */
export function promqlNames(names: readonly string[]): string {
	return promqlString(names.map(name => name.replace(/[\\.+*?()|[\]{}^$]/g, String.raw`\$&`)).join('|'));
}

function escapeCode(code: number): string {
	return code > 0xffff
		? `\\U${code.toString(16).padStart(8, '0')}`
		: `\\u${code.toString(16).padStart(4, '0')}`;
}
