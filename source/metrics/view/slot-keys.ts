import {type Column, isText} from '../model/column.ts';
import type {Row} from '../model/row.ts';
import {stepAt} from '../model/statistics.ts';
import {compareNatural} from './natural-order.ts';
import type {RowTable} from './row-table.ts';

/**
 * What a column says of each row of a table, as numbers in the same order; NaN where it is unknown. Only rows that changed
 * are asked again, and all where the column is a time that passes. In statistics of a window, a row that did not change
 * is asked again when the window has moved on by a step.
 */
export class SlotKeys<R extends Row> {
	readonly #table: RowTable<R>;
	readonly #column: Column<R>;
	#texts: TextRanks | undefined;
	#keys = new Float64Array(0);
	#version = -1;
	readonly #windowMs: number | undefined;
	/** The step of the last answer, and the version of the table when it began. */
	#step: {readonly number: number; readonly version: number} = {number: -1, version: -1};

	/** `windowMs`: of the window that the column is a statistic of. */
	constructor(table: RowTable<R>, column: Column<R>, windowMs?: number) {
		this.#table = table;
		this.#column = column;
		this.#windowMs = windowMs;
		this.#texts = isText(column.unit) ? new TextRanks() : undefined;
	}

	/** By slot. */
	at(nowMs: number): Float64Array {
		const {slotCount, version} = this.#table;
		if (this.#column.unit === 'durationMs') {
			this.#version = -1;
		}

		if (this.#texts !== undefined && this.#texts.count > MOST_FORMER * slotCount + LEAST_FORMER) {
			this.#texts = new TextRanks();
			this.#version = -1;
		}

		if (this.#keys.length < slotCount) {
			const more = new Float64Array(Math.ceil(slotCount * 1.25));
			more.set(this.#keys);
			this.#keys = more;
		}

		const step = this.#windowMs === undefined ? -1 : stepAt(this.#windowMs, nowMs);
		const hasMoved = step !== this.#step.number;
		if (this.#version !== version || hasMoved) {
			// What changed since the step before began is as of that step, and the next change is about to come.
			this.#ask(nowMs, hasMoved ? this.#step.version : -1);
			this.#version = version;
		}

		if (hasMoved) {
			this.#step = {number: step, version};
		}

		return this.#texts === undefined ? this.#keys : this.#texts.ranksOf(this.#keys, slotCount);
	}

	/** Asks rows that changed since the last answer, and those that did not change after version `until`. */
	#ask(nowMs: number, until: number): void {
		const {rows, stamps, slotCount} = this.#table;
		const [column, keys, since, texts] = [this.#column, this.#keys, this.#version, this.#texts];
		for (let slot = 0; slot < slotCount; slot++) {
			const row = rows[slot];
			const stamp = stamps[slot] ?? 0;
			if ((stamp > since || stamp <= until) && row !== undefined) {
				const value = column.value(row, nowMs);
				keys[slot] =
					texts === undefined
						? typeof value === 'number'
							? value
							: Number.NaN
						: value === undefined
							? Number.NaN
							: texts.placeOf(String(value));
			}
		}
	}
}

/** Texts of rows that are gone are forgotten when there are so many times as many texts as rows, and so many more. */
const MOST_FORMER = 2;
const LEAST_FORMER = 1000;

/** Numbers for texts that are in the order of the texts; texts between which there is no order have the same one. */
class TextRanks {
	readonly #places = new Map<string, number>();
	readonly #texts: string[] = [];
	/** Places in the order of their texts. */
	#sorted: readonly number[] = [];
	#rankOf = new Uint32Array(0);
	#ranks = new Float64Array(0);
	#last: string | undefined;
	#lastPlace = 0;

	get count(): number {
		return this.#texts.length;
	}

	placeOf(text: string): number {
		if (text !== this.#last) {
			this.#last = text;
			this.#lastPlace = this.#places.get(text) ?? this.#add(text);
		}

		return this.#lastPlace;
	}

	ranksOf(places: Float64Array, count: number): Float64Array {
		const {length} = this.#texts;
		if (this.#sorted.length < length) {
			this.#sort();
		}

		const rankOf = this.#rankOf;
		const ranks = this.#ranks.length < count ? new Float64Array(places.length) : this.#ranks;
		this.#ranks = ranks;
		for (let slot = 0; slot < count; slot++) {
			const place = places[slot] ?? Number.NaN;
			ranks[slot] = Number.isNaN(place) ? Number.NaN : (rankOf[place] ?? 0);
		}

		return ranks;
	}

	#add(text: string): number {
		const place = this.#texts.length;
		this.#texts.push(text);
		this.#places.set(text, place);
		return place;
	}

	/** Slots that are in order already form one run, which the engine's sort finds and merges. */
	#sort(): void {
		const texts = this.#texts;
		const added = Array.from(
			{length: texts.length - this.#sorted.length},
			(_, index) => index + this.#sorted.length,
		);
		const sorted = [...this.#sorted, ...added].sort((one, other) =>
			compareNatural(texts[one] ?? '', texts[other] ?? ''),
		);
		this.#sorted = sorted;
		this.#rankOf = new Uint32Array(texts.length);
		let rank = 0;
		let before: string | undefined;
		for (const place of sorted) {
			const text = texts[place] ?? '';
			if (before !== undefined && compareNatural(before, text) !== 0) {
				rank++;
			}

			before = text;
			this.#rankOf[place] = rank;
		}
	}
}
