const EMOJI = String.raw`(?:(?!\p{Regional_Indicator}|\p{Emoji_Modifier})\p{Emoji_Presentation}|\p{Emoji_Modifier_Base}|\p{Extended_Pictographic}\uFE0F)`;

/** Variation selectors, and a zero-width joiner between two emoji. */
const KEPT = String.raw`[\uFE00-\uFE0F]|(?<=${EMOJI}\p{Emoji_Modifier}?)\u200D${EMOJI}`;

/**
 * What must never reach a terminal from outside: controls, line and paragraph separators, halves of surrogate pairs, and
 * whatever is not seen but hides or reorders text or takes cells of its own: bidi controls, fillers, zero-width characters
 * and tags (Unicode's Default_Ignorable_Code_Point). Marks at the beginning would join with what stands before the text.
 */
const UNPRINTABLE = new RegExp(
	String.raw`(?!${KEPT})[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]|^\p{M}+`,
	'gu',
);

/** Nearly all names consist of these characters only. */
const ASCII = /^[\x20-\x7E]*$/;

/** The text with every such character replaced by `�`, so that a name that was tampered with still shows it. */
export function printable(text: string): string {
	return ASCII.test(text) ? text : text.replace(UNPRINTABLE, '\uFFFD');
}

/**
 * One line of JSON. `JSON.stringify` escapes C0 controls and halves of surrogate pairs; here all that a terminal would act
 * on is escaped, and a parser gives the text as it was.
 */
export function printableJson(value: unknown): string {
	const json = JSON.stringify(value);
	if (ASCII.test(json)) {
		return json;
	}

	return json.replace(UNPRINTABLE, character =>
		Array.from(
			{length: character.length},
			(_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`,
		).join(''),
	);
}
