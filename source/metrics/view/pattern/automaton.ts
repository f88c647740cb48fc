import {type CharacterSet, contains, END, START} from './character-set.ts';
import type {Expression} from './expression.ts';
import {PatternError} from './pattern-error.ts';

/** One step of a nondeterministic automaton; numbers are places of other steps. */
type Step =
	| {readonly kind: 'one'; readonly set: CharacterSet; readonly next: number}
	| {kind: 'split'; readonly next: number[]}
	| {readonly kind: 'match'};

const MATCH = 0;

/** The most steps of one expression; a counted repetition is copied so many times. */
const MOST_STEPS = 1000;

/** The most states that are cached; above it the cache is cleared. */
const MOST_STATES = 500;

/** Symbols that no state tells apart are one class; those of ASCII are looked up. */
const ASCII = 128;

type State = {
	/** Steps that a symbol may be taken by, in ascending order. */
	readonly steps: readonly number[];
	/** A match is found, whatever comes. */
	readonly isMatch: boolean;
	/** The state after a symbol of each class, once it was asked for. */
	readonly next: Array<State | undefined>;
};

/**
 * Finds a regular expression in texts in one pass: all ways through the expression are followed at once, and the sets of
 * places reached are kept as states (Thompson 1968; lazily determinized). The time is linear in the text, whatever the
 * expression: nothing is tried twice, so that no pattern can stall the screen as it can where one backtracks.
 */
export class Automaton {
	readonly #steps: Step[] = [{kind: 'match'}];
	readonly #start: number;
	readonly #boundaries: readonly number[];
	readonly #asciiClasses = new Uint16Array(ASCII);
	#states = new Map<string, State>();
	#begun: State | undefined;

	/** Throws `PatternError` where the expression has too many steps. */
	constructor(expression: Expression) {
		this.#start = this.#compile(expression, MATCH);
		const sets = this.#steps.flatMap(step => (step.kind === 'one' ? step.set : []));
		this.#boundaries = [...new Set(sets.flatMap(([first, last]) => [first, last + 1]))].sort((a, b) => a - b);
		for (let unit = 0; unit < ASCII; unit++) {
			this.#asciiClasses[unit] = this.#classAmongBoundaries(unit);
		}
	}

	/** Whether the expression is found somewhere in a text in lower case. */
	isIn(text: string): boolean {
		let state = this.#begun ?? this.#begin();
		for (let place = 0; place < text.length && !state.isMatch; place++) {
			if (state.steps.length === 0) {
				return false;
			}

			state = this.#after(state, text.charCodeAt(place));
		}

		return state.isMatch || this.#after(state, END).isMatch;
	}

	/** The state at the first character, after the start of the text. */
	#begin(): State {
		this.#begun = this.#reachedBy([...this.#closure([this.#start])], START);
		return this.#begun;
	}

	#after(state: State, symbol: number): State {
		const kind = symbol < ASCII ? (this.#asciiClasses[symbol] ?? 0) : this.#classAmongBoundaries(symbol);
		const known = state.next[kind];
		if (known !== undefined) {
			return known;
		}

		const after = this.#reachedBy(state.steps, symbol);
		state.next[kind] = after;
		return after;
	}

	/** The state after a symbol that some steps may be taken by; a match may begin after any symbol too. */
	#reachedBy(steps: readonly number[], symbol: number): State {
		const reached = steps.flatMap(place => {
			const step = this.#steps[place];
			return step?.kind === 'one' && contains(step.set, symbol) ? [step.next] : [];
		});
		const places = this.#closure([...reached, this.#start]);
		const isMatch = places.has(MATCH);
		// A match needs no more symbols, and the start of the text never comes again.
		const left = isMatch ? [] : [...places].filter(place => this.#isPossible(place)).sort((a, b) => a - b);
		return this.#state(isMatch ? 'match' : left.join(), {steps: left, isMatch, next: []});
	}

	#state(key: string, state: State): State {
		const known = this.#states.get(key);
		if (known !== undefined) {
			return known;
		}

		if (this.#states.size >= MOST_STATES) {
			this.#states = new Map();
			this.#begun = undefined;
		}

		this.#states.set(key, state);
		return state;
	}

	#isPossible(place: number): boolean {
		const step = this.#steps[place];
		return step?.kind === 'one' && step.set.some(([first]) => first !== START);
	}

	/** The places that are reached from some without a symbol. */
	#closure(from: readonly number[]): ReadonlySet<number> {
		const reached = new Set<number>();
		const waiting = [...from];
		for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
			if (!reached.has(place)) {
				reached.add(place);
				const step = this.#steps[place];
				waiting.push(...(step?.kind === 'split' ? step.next : []));
			}
		}

		return reached;
	}

	#classAmongBoundaries(symbol: number): number {
		let low = 0;
		let high = this.#boundaries.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((this.#boundaries[middle] ?? 0) <= symbol) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}

		return low;
	}

	/** Adds the steps of an expression before the step `next`; the place of its first. */
	#compile(expression: Expression, next: number): number {
		switch (expression.kind) {
			case 'one':
				return this.#add({kind: 'one', set: expression.set, next});
			case 'sequence':
				return expression.parts.reduceRight((after, part) => this.#compile(part, after), next);
			case 'choice':
				return this.#add({kind: 'split', next: expression.of.map(option => this.#compile(option, next))});
			case 'repeat':
				return this.#compileRepeat(expression, next);
		}
	}

	#compileRepeat({of, least, most}: Extract<Expression, {readonly kind: 'repeat'}>, next: number): number {
		let after = next;
		if (most === undefined) {
			const again: number[] = [next];
			after = this.#add({kind: 'split', next: again});
			again.push(this.#compile(of, after));
		} else {
			for (let count = least; count < most; count++) {
				after = this.#add({kind: 'split', next: [next, this.#compile(of, after)]});
			}
		}

		for (let count = 0; count < least; count++) {
			after = this.#compile(of, after);
		}

		return after;
	}

	#add(step: Step): number {
		if (this.#steps.length >= MOST_STEPS) {
			throw new PatternError('it is too long: repeat less of it');
		}

		return this.#steps.push(step) - 1;
	}
}
