import type {Row} from '../model/row.ts';
import type {Filter} from './filter.ts';
import {narrows} from './filter-narrowing.ts';
import type {RowTable} from './row-table.ts';

/**
 * Which rows of a table pass the last filter. Only rows that changed are tested again; where a longer text narrows the
 * filter, only those that passed.
 */
export class SlotFilter<R extends Row> {
	readonly #table: RowTable<R>;
	#text: string | undefined;
	#filter: Filter<R> | undefined;
	#passes = new Uint8Array(0);
	#version = -1;

	constructor(table: RowTable<R>) {
		this.#table = table;
	}

	/** By slot, 1 where a row passes. */
	at(text: string, filter: Filter<R>, nowMs: number): Uint8Array {
		const {version, slotCount} = this.#table;
		if (this.#passes.length < slotCount) {
			const more = new Uint8Array(Math.ceil(slotCount * 1.25));
			more.set(this.#passes);
			this.#passes = more;
		}

		const isSame = this.#text === text;
		const isTimed = filter.kind === 'ok' && filter.isTimed;
		if (isTimed || (!isSame && !this.#isNarrowedBy(filter))) {
			this.#test(filter, nowMs, () => true);
		} else if (!isSame || this.#version !== version) {
			const {stamps} = this.#table;
			const [passes, since] = [this.#passes, this.#version];
			this.#test(
				filter,
				nowMs,
				isSame
					? slot => (stamps[slot] ?? 0) > since
					: slot => passes[slot] === 1 || (stamps[slot] ?? 0) > since,
			);
		}

		this.#text = text;
		this.#filter = filter;
		this.#version = version;
		return this.#passes;
	}

	#isNarrowedBy(filter: Filter<R>): boolean {
		const before = this.#filter;
		return before !== undefined && !(before.kind === 'ok' && before.isTimed) && narrows(before, filter);
	}

	#test(filter: Filter<R>, nowMs: number, isAsked: (slot: number) => boolean): void {
		const {rows, slotCount} = this.#table;
		const passes = this.#passes;
		for (let slot = 0; slot < slotCount; slot++) {
			const row = rows[slot];
			if (row !== undefined && isAsked(slot)) {
				passes[slot] = Number(filter.kind === 'problem' || filter.test(row, nowMs));
			}
		}
	}
}
