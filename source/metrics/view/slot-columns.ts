import type {Column} from '../model/column.ts';
import type {Row} from '../model/row.ts';
import {LastUsed} from './last-used.ts';
import type {RowTable} from './row-table.ts';
import {SlotNumbers} from './slot-numbers.ts';
import {SlotTexts} from './slot-texts.ts';
import {TextRanks} from './text-ranks.ts';

/** How many columns' numbers and ranks are kept, of those that were used last: 8 bytes a row each. */
export const MOST_NUMBERS = 12;
export const MOST_RANKS = 6;

/** What columns say of the rows of a table, kept while rows change. */
export class SlotColumns<R extends Row> {
	readonly #table: RowTable<R>;
	readonly #numbers = new LastUsed<SlotNumbers<R>>(MOST_NUMBERS);
	readonly #ranks = new LastUsed<TextRanks<R>>(MOST_RANKS);
	readonly #texts = new Map<string, SlotTexts<R>>();

	constructor(table: RowTable<R>) {
		this.#table = table;
	}

	/** The same for a fork of the table. */
	fork(table: RowTable<R>): SlotColumns<R> {
		const fork = new SlotColumns(table);
		for (const [key, numbers] of this.#numbers.entries) {
			fork.#numbers.of(key, () => numbers.fork(table));
		}

		for (const [id, texts] of this.#texts) {
			fork.#texts.set(id, texts.fork(table));
		}

		for (const [id, ranks] of this.#ranks.entries) {
			const texts = fork.#texts.get(id);
			if (texts !== undefined) {
				fork.#ranks.of(id, () => ranks.fork(texts));
			}
		}

		return fork;
	}

	/** Forgets statistics, which are those of another window from now on. */
	forgetStatistics(): void {
		this.#numbers.forget(({isOfWindow}) => isOfWindow);
	}

	/** `windowMs`: of the window that statistics are of. */
	numbersOf(column: Column<R>, windowMs: number): SlotNumbers<R> {
		return column.ofWindow === undefined
			? this.#numbers.of(column.id, () => new SlotNumbers(this.#table, column))
			: this.#numbers.of(`${column.id} ${windowMs}`, () => new SlotNumbers(this.#table, column, windowMs));
	}

	ranksOf(column: Column<R>): TextRanks<R> {
		return this.#ranks.of(column.id, () => new TextRanks(this.textsOf(column)));
	}

	textsOf(column: Column<R>): SlotTexts<R> {
		const known = this.#texts.get(column.id) ?? new SlotTexts(this.#table, column);
		this.#texts.set(column.id, known);
		return known;
	}
}
