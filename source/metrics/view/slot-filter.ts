import type {Row} from '../model/row.ts';
import {ROWS_A_SLICE} from './changed-slots.ts';
import type {Filter, Term} from './filter.ts';
import {implies, narrows} from './filter-narrowing.ts';
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
	readonly advance: (hasTime: () => boolean) => boolean;
	readonly test: (slot: number, nowMs: number) => boolean;
};

/** A filter that is asked for, as words and as terms for slots. */
type Asked<R extends Row> = {
	readonly text: string;
	readonly filter: Filter<R>;
	/** As in `Filter`. */
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
			if (!term.advance(hasTime)) {
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
				: filter.alternatives.map(terms => terms.map(term => this.#slotTerm(term, this.#before(term))));
		const readsRows =
			filter.kind === 'ok' &&
			filter.alternatives.flat().some(({texts, number}) => texts === undefined && number === undefined);
		return {text, filter, alternatives, readsRows};
	}

	/** The answers of the last filter to the same term, or to one that lets every text pass that this one does. */
	#before(term: Term<R>): Before<R> | undefined {
		if (this.#asked?.filter.kind !== 'ok') {
			return undefined;
		}

		const terms = this.#asked.filter.alternatives.flat();
		const place = terms.findIndex(other => implies(term, other));
		const verdicts = this.#asked.alternatives.flat()[place]?.verdicts;
		return verdicts && {verdicts, isSame: terms[place]?.text === term.text};
	}

	#slotTerm({test, texts, number, isNegated = false}: Term<R>, before: Before<R> | undefined): SlotTerm<R> {
		if (texts !== undefined) {
			const verdicts =
				before?.isSame === true
					? before.verdicts
					: texts.columns.map(
							(column, index) =>
								new TextVerdicts(this.#columns.textsOf(column), texts.isIn, before?.verdicts[index]),
						);
			return {
				verdicts,
				advance: hasTime => verdicts.every(column => column.advance(hasTime)),
				test: slot => {
					for (const column of verdicts) {
						if (column.isIn(slot)) {
							return !isNegated;
						}
					}

					return isNegated;
				},
			};
		}

		if (number !== undefined) {
			// Statistics of a window are none of these.
			const numbers = this.#columns.numbersOf(number.column, 0);
			return {
				advance: hasTime => numbers.advance(0, hasTime),
				test: slot => {
					const value = numbers.numbers[slot] ?? Number.NaN;
					return (!Number.isNaN(value) && number.isIn(value)) !== isNegated;
				},
			};
		}

		return {
			advance: () => true,
			test: (slot, nowMs) => {
				const row = this.#table.rows[slot];
				return row !== undefined && test(row, nowMs);
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
			!isTimed(asked.filter) &&
			!isTimed(done.asked.filter) &&
			(done.asked === asked || narrows(done.asked.filter, asked.filter));
		return {asked, passes, version, nowMs, next: 0, since: isBase ? done : undefined};
	}

	#go(pass: Pass<R>, hasTime: () => boolean): boolean {
		const {slotCount, stamps} = this.#table;
		const {asked, passes, since, nowMs} = pass;
		const slice = asked.readsRows ? ROWS_A_SLICE : SLOTS_A_SLICE;
		let judged = 0;
		for (let slot = pass.next; slot < slotCount; slot++) {
			if (since !== undefined && (stamps[slot] ?? 0) <= since.version) {
				const before = since.passes[slot] ?? 0;
				if (before === 0 || since.asked === asked) {
					passes[slot] = before;
					continue;
				}
			}

			passes[slot] = Number(passesAny(asked, slot, nowMs));
			if (++judged % slice === 0 && !hasTime()) {
				pass.next = slot + 1;
				return false;
			}
		}

		return true;
	}
}

type Before<R extends Row> = {readonly verdicts: ReadonlyArray<TextVerdicts<R>>; readonly isSame: boolean};

const NONE = new Uint8Array(0);

function passesAny<R extends Row>({alternatives}: Asked<R>, slot: number, nowMs: number): boolean {
	if (alternatives.length === 0) {
		return true;
	}

	for (const terms of alternatives) {
		let isAll = true;
		for (const term of terms) {
			if (!term.test(slot, nowMs)) {
				isAll = false;
				break;
			}
		}

		if (isAll) {
			return true;
		}
	}

	return false;
}

function isTimed<R extends Row>(filter: Filter<R>): boolean {
	return filter.kind === 'ok' && filter.isTimed;
}
