import type {Column} from '../model/column.ts';
import type {Row} from '../model/row.ts';
import {ChangedSlots} from './changed-slots.ts';
import {CopyOnWrite} from './copy-on-write.ts';
import {JoinedTexts} from './joined-texts.ts';
import type {RowTable} from './row-table.ts';

/** Texts of rows that are gone are forgotten when there are so many times as many texts as rows, and so many more. */
const MOST_FORMER = 1.25;
const LEAST_FORMER = 1000;

/**
 * What a column of texts says of each row of a table, each text once: a row has the place of its text. Only rows that
 * changed are asked again.
 */
export class SlotTexts<R extends Row> {
	readonly #table: RowTable<R>;
	readonly #column: Column<R>;
	#changed: ChangedSlots<R>;
	#places = new CopyOnWrite<Uint32Array>(new Uint32Array(0));
	#placeOf = new Map<string, number>();
	#texts: string[] = [''];
	#joined = new JoinedTexts(this.#texts);

	constructor(table: RowTable<R>, column: Column<R>) {
		this.#table = table;
		this.#column = column;
		this.#changed = new ChangedSlots(table);
	}

	/** The same for a fork of the table. Both add to the same texts. */
	fork(table: RowTable<R>): SlotTexts<R> {
		const fork = new SlotTexts(table, this.#column);
		fork.#changed = this.#changed.fork(table);
		fork.#places = this.#places.fork();
		fork.#placeOf = this.#placeOf;
		fork.#texts = this.#texts;
		fork.#joined = this.#joined;
		return fork;
	}

	/** By slot, the place of its text; 0 if it has none. */
	get places(): Uint32Array {
		return this.#places.current;
	}

	/** By place. Texts are only added; another array stands for a new beginning. */
	get texts(): readonly string[] {
		return this.#texts;
	}

	/** The UTF-16 units of the longest text of some rows as they are now. */
	longestOf(slots: Uint32Array): number {
		const [texts, places, column] = [this.#texts, this.places, this.#column];
		const [{stamps, rows}, {visited}] = [this.#table, this.#changed];
		let longest = 0;
		for (const slot of slots) {
			const row = (stamps[slot] ?? 0) <= visited ? undefined : rows[slot];
			const text = row === undefined ? texts[places[slot] ?? 0] : textOf(column, row);
			longest = Math.max(longest, text?.length ?? 0);
		}

		return longest;
	}

	/** The same, as of the last `join`. */
	get joined(): JoinedTexts {
		return this.#joined;
	}

	/** Asks and joins texts as long as there is time; returns whether all is done. */
	join(hasTime: () => boolean): boolean {
		return this.advance(hasTime) && this.#joined.advance(hasTime);
	}

	/** Asks as long as there is time; returns whether all is asked. */
	advance(hasTime: () => boolean): boolean {
		const {slotCount} = this.#table;
		if (this.#texts.length > MOST_FORMER * slotCount + LEAST_FORMER) {
			this.#placeOf = new Map();
			this.#texts = [''];
			this.#joined = new JoinedTexts(this.#texts);
			this.#places.replace(new Uint32Array(this.places.length));
			this.#changed.again(this.#table.version);
		}

		if (this.places.length < slotCount) {
			const more = new Uint32Array(Math.ceil(slotCount * 1.25));
			more.set(this.places);
			this.#places.replace(more);
		}

		const [column, places, texts] = [this.#column, this.#places, this.#texts];
		return this.#changed.advance((slot, row) => {
			const text = textOf(column, row);
			const before = places.current[slot] ?? 0;
			if (text === undefined ? before !== 0 : before === 0 || texts[before] !== text) {
				places.own()[slot] = text === undefined ? 0 : this.#place(text);
			}

			return true;
		}, hasTime);
	}

	#place(text: string): number {
		const known = this.#placeOf.get(text);
		if (known !== undefined) {
			return known;
		}

		const place = this.#texts.length;
		this.#texts.push(text);
		this.#placeOf.set(text, place);
		return place;
	}
}

function textOf<R extends Row>(column: Column<R>, row: R): string | undefined {
	const value = column.value(row, 0);
	return value === undefined ? undefined : String(value);
}
