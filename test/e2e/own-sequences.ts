/** What ktop writes to a terminal besides text: each sequence that it has, in the only form in which it has it. */
const OWN =
	// biome-ignore lint/suspicious/noControlCharactersInRegex: sequences begin with ESC
	/\u001B\[(?:[1-9]\d*;[1-9]\d*H|[1-9]\d*G|2?K|[1-9]\d*[LM]|[1-9]\d*;[1-9]\d*r|r|5n|\?(?:7|25|1000|1006|1049|2004|2026)[hl]|(?<sgr>[\d;]*)m)|\u001B\]11;\?\u001B\\|\u001B\]52;c;[A-Za-z\d+/=]*\u0007/gu;

/** Colours, bold, dim, inverse and their ends: no theme has others. */
const OWN_SGR =
	/^(?:(?:0|1|2|7|22|27|39|49|3[0-7]|9[0-7]|4[0-7]|10[0-7]|[34]8;5;\d+|[34]8;2;\d+;\d+;\d+)(?:;|$))*$/;

/** Controls, format characters but the joiners of scripts and emoji, line ends, halves of characters. */
const UNSAFE = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** The first of what was written that is neither ktop's own nor printable text, with what stands around it. */
export function foreignIn(written: string): string | undefined {
	const text = written.replace(OWN, (sequence, ...rest) => {
		const {sgr} = rest.at(-1) as {sgr: string | undefined};
		return sgr === undefined || OWN_SGR.test(sgr) ? '' : sequence;
	});
	return unsafeIn(text.replaceAll('\r\n', ''));
}

/** The first character of a text that may not get to a terminal, with what stands around it; undefined without. */
export function unsafeIn(text: string): string | undefined {
	const match = UNSAFE.exec(text);
	return match === null
		? undefined
		: JSON.stringify(text.slice(Math.max(match.index - 30, 0), match.index + 30));
}
