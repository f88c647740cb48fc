import {Automaton} from './automaton.ts';
import {parseExpression} from './parse-expression.ts';
import {PatternError} from './pattern-error.ts';

/** A pattern that a text is searched for. */
export type Pattern = {
	/** The words of which one must be in a text, in lower case; undefined for a regular expression. */
	readonly words: readonly string[] | undefined;
	/** Whether it is in a text, case aside. */
	readonly isIn: (text: string) => boolean;
};

/** With one of these a text is a regular expression; a dot without them is a plain dot, as in versions and host names. */
const REGULAR = /[\\^$*+?()[\]{}]/;

/** Longer than any name; the automaton of a pattern grows with its length. */
const MOST_CHARACTERS = 200;

/**
 * `web`, `db|web`, or a regular expression such as `^db-\d+$`. An alternative that is empty, as in `db|` while it is
 * typed, is ignored. An error is a short message.
 */
export function parsePattern(text: string): Pattern | {readonly problem: string} {
	if (text.length > MOST_CHARACTERS) {
		return {problem: `a pattern has at most ${MOST_CHARACTERS} characters`};
	}

	if (!REGULAR.test(text)) {
		return wordsPattern(
			text
				.toLowerCase()
				.split('|')
				.filter(word => word !== ''),
		);
	}

	try {
		const automaton = new Automaton(parseExpression(text));
		return {words: undefined, isIn: searched => automaton.isIn(searched.toLowerCase())};
	} catch (error) {
		if (error instanceof PatternError) {
			return {problem: error.message};
		}

		throw error;
	}
}

function wordsPattern(words: readonly string[]): Pattern {
	const [only] = words;
	if (only !== undefined && words.length === 1) {
		return {words, isIn: text => text.toLowerCase().includes(only)};
	}

	return {
		words,
		isIn(text) {
			const lower = text.toLowerCase();
			return words.length === 0 || words.some(word => lower.includes(word));
		},
	};
}
