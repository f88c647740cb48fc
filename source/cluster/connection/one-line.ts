// Control characters, line and paragraph separators, and marks that reorder or hide text in a terminal.
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]+/gu;
// Terminal commands: `ESC [ … letter` and `ESC ] … BEL`.
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are removed here.
const escapeSequence = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?)/gu;

/** Converts external text to one printable line of at most `limit` characters, for messages and hints. */
export function oneLine(text: string, limit: number): string {
	// Cut first, so that a huge answer costs nothing.
	const line = text
		.slice(0, limit * 4)
		.replaceAll(escapeSequence, '')
		.replaceAll(unprintable, ' ')
		.replaceAll(/ {2,}/gu, ' ')
		.trim();
	return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}
