import type {Row} from '../model/row.ts';
import {ROWS_A_SLICE} from './changed-slots.ts';
import type {Filter, Term} from './filter.ts';
import {narrows} from './filter-narrowing.ts';
import type {RowTable} from './row-table.ts';
import type {SlotColumns} from './slot-columns.ts';
import {TextVerdicts} from './text-verdicts.ts';

/** How many slots are judged by numbers alone between two looks at the time. */
const SLOTS_A_SLICE = 8192;

/** One term of a filter, for slots. */
type SlotTerm<R extends Row> = {
	/** Of a term about texts: the answers for each of its columns. */
	readonly verdicts?: ReadonlyArray<TextVerdicts<R>>;
	/** Whether all that it needs is known, as long as there is time for that. */
	readonly advance: (hasTime: () => boolean, nowMs: number) => boolean;
	/** Leaves of the first `count` slots those for which it holds, from the first place on, and in any order; returns how many. */
	readonly narrow: (slots: Uint32Array, count: number, nowMs: number) => number;
};

/** A filter that is asked for, as words and as terms for slots. */
type Asked<R extends Row> = {
	readonly text: string;
	readonly filter: Filter<R>;
	/** All terms of one of these must hold. */
	readonly alternatives: ReadonlyArray<ReadonlyArray<SlotTerm<R>>>;
	/** Whether some term looks at rows themselves. */
	readonly readsRows: boolean;
};

/** Which slots of a table pass a filter, as of a version of the table. */
type Passed<R extends Row> = {
	readonly asked: Asked<R>;
	readonly passes: Uint8Array;
	readonly version: number;
	readonly nowMs: number;
};

/** Goes through all slots; what did not change since another pass is not tested again. */
type Pass<R extends Row> = Passed<R> & {next: number; readonly since: Passed<R> | undefined};

/**
 * Which rows of a table pass the last filter. Only rows that changed are tested again; where a longer text narrows the
 * filter, only those that passed. Texts are searched once each, whatever number of rows have them.
 */
export class SlotFilter<R extends Row> {
	readonly #table: RowTable<R>;
	readonly #columns: SlotColumns<R>;
	#asked: Asked<R> | undefined;
	#done: Passed<R> | undefined;
	/** The one that is going on. */
	#pass: Pass<R> | undefined;
	/** Slots that are to be judged, that pass some terms, and that have a text; one more place than is ever used. */
	readonly #wanted = new Uint32Array(SLOTS_A_SLICE + 1);
	readonly #some = new Uint32Array(SLOTS_A_SLICE + 1);
	readonly #found = new Uint32Array(SLOTS_A_SLICE + 1);
	/** For the next pass. */
	#spare: Uint8Array = new Uint8Array(0);

	constructor(table: RowTable<R>, columns: SlotColumns<R>) {
		this.#table = table;
		this.#columns = columns;
	}

	/** By slot, 1 where a row passes what was asked for last, as of the last time that all was tested. */
	get passes(): Uint8Array {
		return this.#done?.passes ?? NONE;
	}

	/** Tests as long as there is time; returns whether all is tested. */
	advance(text: string, filter: Filter<R>, nowMs: number, hasTime: () => boolean): boolean {
		if (this.#asked?.text !== text) {
			this.#asked = this.#read(text, filter);
		}

		const asked = this.#asked;
		for (const term of asked.alternatives.flat()) {
			if (!term.advance(hasTime, nowMs)) {
				return false;
			}
		}

		while (!this.#isDone(asked, nowMs)) {
			if (this.#pass?.asked !== asked || (isTimed(filter) && this.#pass.nowMs !== nowMs)) {
				this.#pass = this.#begin(asked, nowMs);
			}

			if (!this.#go(this.#pass, hasTime)) {
				return false;
			}

			this.#spare = this.#done?.passes ?? this.#spare;
			this.#done = this.#pass;
			this.#pass = undefined;
		}

		return true;
	}

	#isDone(asked: Asked<R>, nowMs: number): boolean {
		const done = this.#done;
		return (
			done?.asked === asked &&
			done.version === this.#table.version &&
			!(isTimed(asked.filter) && done.nowMs !== nowMs)
		);
	}

	#read(text: string, filter: Filter<R>): Asked<R> {
		const alternatives =
			filter.kind === 'problem'
				? []
				: (filter.alternatives.length === 0 ? [[]] : filter.alternatives).map(terms =>
						terms.map(term => this.#slotTerm(term)),
					);
		const readsRows =
			filter.kind === 'ok' &&
			filter.alternatives.flat().some(({texts, number}) => texts === undefined && number === undefined);
		return {text, filter, alternatives, readsRows};
	}

	/** The answers of the last filter to the same term. */
	#before(term: Term<R>): ReadonlyArray<TextVerdicts<R>> | undefined {
		if (this.#asked?.filter.kind !== 'ok') {
			return undefined;
		}

		const place = this.#asked.filter.alternatives.flat().findIndex(({text}) => text === term.text);
		return this.#asked.alternatives.flat()[place]?.verdicts;
	}

	#slotTerm(term: Term<R>): SlotTerm<R> {
		const {texts, number, isNegated = false} = term;
		return texts !== undefined
			? this.#textTerm(texts, isNegated, this.#before(term))
			: number !== undefined
				? this.#numberTerm(number, isNegated)
				: this.#rowTerm(term);
	}

	#textTerm(
		{columns, ...test}: NonNullable<Term<R>['texts']>,
		isNegated: boolean,
		before: ReadonlyArray<TextVerdicts<R>> | undefined,
	): SlotTerm<R> {
		const verdicts = before ?? columns.map(column => new TextVerdicts(this.#columns.textsOf(column), test));
		return {
			verdicts,
			advance: hasTime => verdicts.every(column => column.advance(hasTime)),
			narrow: (slots, count) => {
				let found = 0;
				for (const column of verdicts) {
					found += column.divide(slots, count - found, this.#found, found);
				}

				if (isNegated) {
					return count - found;
				}

				slots.set(this.#found.subarray(0, found));
				return found;
			},
		};
	}

	#numberTerm({column, isIn}: NonNullable<Term<R>['number']>, isNegated: boolean): SlotTerm<R> {
		// Statistics of a window are none of these.
		const known = this.#columns.numbersOf(column, 0);
		return {
			advance: hasTime => known.advance(0, hasTime),
			narrow(slots, count) {
				const {numbers} = known;
				let left = 0;
				for (let index = 0; index < count; index++) {
					const slot = slots[index] ?? 0;
					const value = numbers[slot] ?? Number.NaN;
					slots[left] = slot;
					left += Number((!Number.isNaN(value) && isIn(value)) !== isNegated);
				}

				return left;
			},
		};
	}

	#rowTerm({test, advance}: Term<R>): SlotTerm<R> {
		return {
			advance: (hasTime, nowMs) =>
				advance === undefined ||
				this.#table.rows.every((row, slot) => advance(this.#table.rowAt(slot, row), nowMs, hasTime)),
			narrow: (slots, count, nowMs) => {
				const table = this.#table;
				const {rows} = table;
				let left = 0;
				for (let index = 0; index < count; index++) {
					const slot = slots[index] ?? 0;
					const row = rows[slot];
					slots[left] = slot;
					left += Number(row !== undefined && test(table.rowAt(slot, row), nowMs));
				}

				return left;
			},
		};
	}

	#begin(asked: Asked<R>, nowMs: number): Pass<R> {
		const {version, slotCount} = this.#table;
		const room = this.#pass?.passes ?? this.#spare;
		const passes = room.length < slotCount ? new Uint8Array(Math.ceil(slotCount * 1.25)) : room;
		const done = this.#done;
		const isBase =
			done !== undefined &&
			(done.version >= this.#table.figuresVersion || (isOfTexts(asked) && isOfTexts(done.asked))) &&
			!isTimed(asked.filter) &&
			!isTimed(done.asked.filter) &&
			(done.asked === asked || narrows(done.asked.filter, asked.filter));
		return {asked, passes, version, nowMs, next: 0, since: isBase ? done : undefined};
	}

	#go(pass: Pass<R>, hasTime: () => boolean): boolean {
		const {slotCount} = this.#table;
		const most = pass.asked.readsRows ? ROWS_A_SLICE : SLOTS_A_SLICE;
		let judged = 0;
		while (pass.next < slotCount) {
			const first = pass.next;
			pass.next = Math.min(first + most, slotCount);
			judged += this.#judge(pass, first, pass.next);
			if (judged >= most) {
				judged = 0;
				if (!hasTime()) {
					return pass.next === slotCount;
				}
			}
		}

		return true;
	}

	/** Judges slots, except those of which the pass before tells enough; returns how many. */
	#judge({asked, passes, since, nowMs}: Pass<R>, first: number, end: number): number {
		const [wanted, some] = [this.#wanted, this.#some];
		const count =
			since === undefined ? this.#wantAll(passes, first, end) : this.#leave(since, asked, passes, first, end);
		for (const terms of count === 0 ? [] : asked.alternatives) {
			some.set(wanted.subarray(0, count));
			let left = count;
			for (const term of terms) {
				left = term.narrow(some, left, nowMs);
			}

			for (let index = 0; index < left; index++) {
				passes[some[index] ?? 0] = 1;
			}
		}

		return count;
	}

	#wantAll(passes: Uint8Array, first: number, end: number): number {
		passes.fill(0, first, end);
		for (let slot = first; slot < end; slot++) {
			this.#wanted[slot - first] = slot;
		}

		return end - first;
	}

	/** Takes over what another pass found of slots that need not be judged again; returns how many are left. */
	#leave(since: Passed<R>, asked: Asked<R>, passes: Uint8Array, first: number, end: number): number {
		const {stamps} = this.#table;
		const wanted = this.#wanted;
		const [before, {version}] = [since.passes, since];
		// What passes a wider filter is judged again.
		const judged = since.asked === asked ? 2 : 1;
		let left = 0;
		for (let slot = first; slot < end; slot++) {
			const verdict = before[slot] ?? 0;
			const isKnown = (stamps[slot] ?? 0) <= version && verdict !== judged;
			passes[slot] = isKnown ? verdict : 0;
			wanted[left] = slot;
			left += Number(!isKnown);
		}

		return left;
	}
}

const NONE = new Uint8Array(0);

/** Whether figures do not matter. */
function isOfTexts<R extends Row>({alternatives}: Asked<R>): boolean {
	return alternatives.flat().every(({verdicts}) => verdicts !== undefined);
}

function isTimed<R extends Row>(filter: Filter<R>): boolean {
	return filter.kind === 'ok' && filter.isTimed;
}
