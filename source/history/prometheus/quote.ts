/**
 * Text as PromQL takes it, whatever is in it (prometheus `docs/querying/basics.md`: Go's escapes). Names of a cluster
 * are not trusted: unquoted, one could end the text it stands in and ask for something else.
 */

/** `"it's"`: a value, as in `{pod="web-0"}`. A surrogate that stands alone becomes U+FFFD, as in UTF-8. */
export function promqlString(text: string): string {
	const escaped = [...text].map(character => {
		const code = character.codePointAt(0) ?? 0;
		if (character === '"' || character === '\\') {
			return `\\${character}`;
		}

		if (code >= 0x20 && code < 0x7f) {
			return character;
		}

		// The lexer refuses line breaks, and U+FFFD even where it was meant (promql/parser/lex.go `lexString`).
		return escapeCode(code >= 0xd800 && code <= 0xdfff ? 0xfffd : code);
	});
	return `"${escaped.join('')}"`;
}

/** One of these names and nothing else, as `"web-0|web\\.1"`: each escaped for RE2, and the whole then quoted. */
export function promqlNames(names: readonly string[]): string {
	return promqlString(names.map(name => name.replace(/[\\.+*?()|[\]{}^$]/g, String.raw`\$&`)).join('|'));
}

function escapeCode(code: number): string {
	return code > 0xffff
		? `\\U${code.toString(16).padStart(8, '0')}`
		: `\\u${code.toString(16).padStart(4, '0')}`;
}
