import {
	ANY,
	type CharacterSet,
	complement,
	DIGITS,
	END,
	SPACE,
	START,
	union,
	WORD,
	withLowerCase,
} from './character-set.ts';
import {EMPTY, type Expression} from './expression.ts';
import {PatternError} from './pattern-error.ts';

const CLASSES: Readonly<Record<string, CharacterSet>> = {
	d: DIGITS,
	D: complement(DIGITS),
	w: WORD,
	W: complement(WORD),
	s: SPACE,
	S: complement(SPACE),
};

const CONTROLS: Readonly<Record<string, string>> = {t: '\t', n: '\n', r: '\r', f: '\f', v: '\v'};

/** More repetitions of one part than names have characters. */
const MOST_REPETITIONS = 255;

/**
 * Reads a regular expression in the syntax of JavaScript, case aside: `. ^ $ | ( ) (?: ) [ ] [^ ] * + ? {n} {n,m}`,
 * `\d \w \s` and their opposites. What needs backtracking is no part of it: back references, and looking ahead or
 * behind. Throws `PatternError`.
 */
export function parseExpression(text: string): Expression {
	const reader = new Reader(text);
	const options = reader.choice().filter(option => option !== EMPTY);
	if (!reader.isAtEnd) {
		throw new PatternError('there is no ( for a )');
	}

	// At the top an alternative that is empty is one that is not typed yet, as in `db|`.
	return oneOf(options);
}

function oneOf(options: readonly Expression[]): Expression {
	const [only] = options;
	return options.length > 1 ? {kind: 'choice', of: options} : (only ?? EMPTY);
}

/** A recursive-descent parser: a choice is of sequences, a sequence of repeated atoms. */
class Reader {
	readonly #text: string;
	#place = 0;

	constructor(text: string) {
		this.#text = text;
	}

	get isAtEnd(): boolean {
		return this.#place >= this.#text.length;
	}

	choice(): readonly Expression[] {
		const options = [this.#sequence()];
		while (this.#take('|')) {
			options.push(this.#sequence());
		}

		return options;
	}

	#sequence(): Expression {
		const parts: Expression[] = [];
		while (!this.isAtEnd && this.#peek() !== '|' && this.#peek() !== ')') {
			parts.push(this.#repeated());
		}

		return parts.length === 0 ? EMPTY : {kind: 'sequence', parts};
	}

	#repeated(): Expression {
		const start = this.#peek();
		if (start !== undefined && '*+?'.includes(start)) {
			throw new PatternError(`there is nothing for ${start} to repeat`);
		}

		const atom = this.#atom();
		const times = this.#times();
		if (times === undefined) {
			return atom;
		}

		if (start === '^' || start === '$') {
			throw new PatternError(`${start} cannot be repeated`);
		}

		// Whether as much or as little as possible is taken makes no difference to whether there is a match.
		this.#take('?');
		if (this.#times() !== undefined) {
			throw new PatternError('a repetition cannot be repeated: put it into ( )');
		}

		return {kind: 'repeat', of: atom, ...times};
	}

	#times(): {readonly least: number; readonly most: number | undefined} | undefined {
		switch (this.#peek()) {
			case '*':
				this.#place++;
				return {least: 0, most: undefined};
			case '+':
				this.#place++;
				return {least: 1, most: undefined};
			case '?':
				this.#place++;
				return {least: 0, most: 1};
			case '{':
				return this.#counted();
			default:
				return undefined;
		}
	}

	#counted(): {readonly least: number; readonly most: number | undefined} {
		const match = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.#text.slice(this.#place));
		if (match === null) {
			throw new PatternError('{ begins a number of times, as in {2} or {1,3}: write \\{ for the character');
		}

		const least = Number(match[1]);
		const most = match[2] === undefined ? least : match[3] === '' ? undefined : Number(match[3]);
		if (least > (most ?? least) || Math.max(least, most ?? 0) > MOST_REPETITIONS) {
			throw new PatternError(`${match[0]} is no number of times up to ${MOST_REPETITIONS}`);
		}

		this.#place += match[0].length;
		return {least, most};
	}

	#atom(): Expression {
		const character = this.#next();
		switch (character) {
			case '(':
				return this.#group();
			case '[':
				return {kind: 'one', set: this.#set()};
			case '.':
				return {kind: 'one', set: ANY};
			case '^':
				return {kind: 'one', set: [[START, START]]};
			case '$':
				return {kind: 'one', set: [[END, END]]};
			case '\\':
				return {kind: 'one', set: withLowerCase(this.#escaped())};
			case '{':
				throw new PatternError('there is nothing for { to repeat');
			default:
				return {kind: 'one', set: withLowerCase(only(character))};
		}
	}

	#group(): Expression {
		if (this.#take('?') && !this.#take(':')) {
			throw new PatternError('(? is not supported');
		}

		const inner = oneOf(this.choice());
		if (!this.#take(')')) {
			throw new PatternError('there is no ) for a (');
		}

		return inner;
	}

	/** What is between `[` and `]`. */
	#set(): CharacterSet {
		const isNegated = this.#take('^');
		const sets: CharacterSet[] = [];
		while (!this.#take(']')) {
			if (this.isAtEnd) {
				throw new PatternError('there is no ] for a [');
			}

			const first = this.#member();
			const next = this.#text[this.#place + 1];
			if (this.#peek() !== '-' || next === ']' || next === undefined) {
				sets.push(first);
				continue;
			}

			this.#place++;
			sets.push(range(first, this.#member()));
		}

		if (sets.length === 0) {
			throw new PatternError('there is nothing between [ and ]');
		}

		const set = withLowerCase(union(sets));
		return isNegated ? complement(set) : set;
	}

	#member(): CharacterSet {
		const character = this.#next();
		return character === '\\' ? this.#escaped() : only(character);
	}

	#escaped(): CharacterSet {
		if (this.isAtEnd) {
			throw new PatternError('\\ at the end stands before nothing');
		}

		const character = this.#next();
		const set = CLASSES[character];
		if (set !== undefined) {
			return set;
		}

		const control = CONTROLS[character];
		if (control === undefined && /[a-z0-9]/i.test(character)) {
			throw new PatternError(`\\${character} is not supported`);
		}

		return only(control ?? character);
	}

	#peek(): string | undefined {
		return this.#text[this.#place];
	}

	#next(): string {
		return this.#text[this.#place++] ?? '';
	}

	#take(character: string): boolean {
		const isThere = this.#peek() === character;
		this.#place += Number(isThere);
		return isThere;
	}
}

function only(character: string): CharacterSet {
	const unit = character.charCodeAt(0);
	return [[unit, unit]];
}

function range(from: CharacterSet, to: CharacterSet): CharacterSet {
	const [[first, single] = [1, 0]] = from;
	const [[last, end] = [0, 1]] = to;
	if (from.length !== 1 || to.length !== 1 || first !== single || last !== end || first > last) {
		throw new PatternError('a range in [ ] goes from a character to a later one, as in [a-f]');
	}

	return [[first, last]];
}
