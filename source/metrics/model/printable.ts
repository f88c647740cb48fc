/**
 * What must never reach a terminal from outside: C0 and C1 controls, DEL, line and paragraph separators, and the
 * characters that turn or hide the direction of text (bidi controls, zero-width characters but the joiners).
 */
const UNPRINTABLE =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
	/[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|\p{Cs}|[\u{E0000}-\u{E007F}]/gu;

/** The text with every such character replaced by `�`, so that a name that was tampered with still shows it. */
export function printable(text: string): string {
	return text.replace(UNPRINTABLE, '\uFFFD');
}
