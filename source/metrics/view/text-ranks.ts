import type {Row} from '../model/row.ts';
import {CopyOnWrite} from './copy-on-write.ts';
import {compareNatural} from './natural-order.ts';
import {SlotOrder} from './slot-order.ts';
import type {SlotTexts} from './slot-texts.ts';

/** How many texts are compared between two looks at the time. */
const TEXTS_A_SLICE = 2048;

/**
 * Numbers for the texts of a table's rows that are in the order of the texts; texts between which there is no order have
 * the same one. New texts are merged into the order of the others.
 */
export class TextRanks<R extends Row> {
	readonly #texts: SlotTexts<R>;
	#order: SlotOrder | undefined;
	/** The texts of `#order`, and how many of them it has. */
	#of: readonly string[] = [];
	#ordered = 1;
	#rankOf = new CopyOnWrite<Float64Array>(new Float64Array(0));
	#ranks: {readonly version: number; readonly bySlot: Float64Array} | undefined;
	#ranked: {next: number; rank: number} | undefined;

	constructor(texts: SlotTexts<R>) {
		this.#texts = texts;
	}

	/** The same for a fork of the texts. */
	fork(texts: SlotTexts<R>): TextRanks<R> {
		const fork = new TextRanks(texts);
		fork.#of = this.#of;
		fork.#order = this.#order?.fork(comparedIn(this.#of));
		fork.#ordered = this.#ordered;
		fork.#rankOf = this.#rankOf.fork();
		fork.#ranked = this.#ranked && {...this.#ranked};
		return fork;
	}

	/** Whether every row has one, as long as there is time for that. */
	advance(hasTime: () => boolean): boolean {
		if (!this.#texts.advance(hasTime)) {
			return false;
		}

		const {texts} = this.#texts;
		if (this.#order === undefined || this.#of !== texts) {
			this.#of = texts;
			this.#order = new SlotOrder(comparedIn(texts));
			this.#ordered = 1;
		}

		if (this.#ordered < texts.length) {
			this.#ranked = {next: 0, rank: 0};
			for (; this.#ordered < texts.length; this.#ordered++) {
				this.#order.add(this.#ordered);
			}
		}

		this.#order.advance(hasTime, () => {});
		return this.#order.isSettled && this.#rank(this.#order.slots, hasTime);
	}

	/** By slot, at a version of the table; NaN where there is no text. Not to be changed. */
	ranksAt(version: number): Float64Array {
		if (this.#ranks?.version !== version) {
			const {places} = this.#texts;
			const rankOf = this.#rankOf.current;
			const bySlot = new Float64Array(places.length);
			for (let slot = 0; slot < places.length; slot++) {
				bySlot[slot] = rankOf[places[slot] ?? 0] ?? Number.NaN;
			}

			this.#ranks = {version, bySlot};
		}

		return this.#ranks.bySlot;
	}

	#rank(order: Uint32Array, hasTime: () => boolean): boolean {
		const ranked = this.#ranked;
		if (ranked === undefined) {
			return true;
		}

		const texts = this.#of;
		if (this.#rankOf.current.length < texts.length) {
			this.#rankOf.replace(new Float64Array(Math.ceil(texts.length * 1.25)).fill(Number.NaN));
			ranked.next = 0;
			ranked.rank = 0;
		}

		const rankOf = this.#rankOf.own();
		while (ranked.next < order.length) {
			const place = order[ranked.next] ?? 0;
			const before = ranked.next === 0 ? undefined : texts[order[ranked.next - 1] ?? 0];
			if (before !== undefined && compareNatural(before, texts[place] ?? '') !== 0) {
				ranked.rank++;
			}

			rankOf[place] = ranked.rank;
			if (++ranked.next % TEXTS_A_SLICE === 0 && !hasTime()) {
				return false;
			}
		}

		this.#ranked = undefined;
		return true;
	}
}

function comparedIn(texts: readonly string[]): (one: number, other: number) => number {
	return (one, other) => compareNatural(texts[one] ?? '', texts[other] ?? '');
}
