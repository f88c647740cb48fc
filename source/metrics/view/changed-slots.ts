import type {Row} from '../model/row.ts';
import type {RowTable} from './row-table.ts';

/** How many rows are visited between two looks at the time: asking one takes a fraction of a microsecond. */
export const ROWS_A_SLICE = 256;

type Pass = {readonly version: number; readonly until: number; next: number};

/** The slots of a table whose rows changed since they were visited last, as long as there is time. */
export class ChangedSlots<R extends Row> {
	readonly #table: RowTable<R>;
	readonly #isOfFigures: boolean;
	/** The version up to which all were visited. */
	#since = -1;
	#pass: Pass | undefined;
	/** Slots that did not change after this version are to be visited again. */
	#again = -1;

	/** `isOfFigures`: whether all rows are to be visited again when the table has moved to another moment. */
	constructor(table: RowTable<R>, isOfFigures = false) {
		this.#table = table;
		this.#isOfFigures = isOfFigures;
	}

	/** The same for a fork of the table. */
	fork(table: RowTable<R>): ChangedSlots<R> {
		const fork = new ChangedSlots(table, this.#isOfFigures);
		fork.#since = this.#since;
		fork.#pass = this.#pass && {...this.#pass};
		fork.#again = this.#again;
		return fork;
	}

	/** All rows that did not change after this version were visited as they are; -1 if that is so of none. */
	get visited(): number {
		return this.#again === -1 ? this.#since : -1;
	}

	/** All rows are as if they were visited. */
	skip(): void {
		this.#since = this.#table.version;
		this.#pass = undefined;
		this.#again = -1;
	}

	/** Visits slots again that did not change after a version. */
	again(until: number): void {
		this.#again = Math.max(this.#again, until);
	}

	/**
	 * Returns whether none is left. `visit` gets the row as the table has it, at whatever moment, and returns false for a row that is not ready. `costOf`: how many usual visits the
	 * one of a row is worth.
	 */
	advance(
		visit: (slot: number, row: R) => boolean,
		hasTime: () => boolean,
		costOf: (row: R) => number = () => 1,
	): boolean {
		while (this.#since !== this.#table.version || this.#again >= 0) {
			this.#pass ??= {version: this.#table.version, until: this.#again, next: 0};
			if (!this.#go(this.#pass, visit, hasTime, costOf)) {
				return false;
			}

			// What changed meanwhile has a later stamp.
			this.#since = this.#pass.version;
			this.#again = this.#again > this.#pass.until ? this.#again : -1;
			this.#pass = undefined;
		}

		return true;
	}

	#go(
		pass: Pass,
		visit: (slot: number, row: R) => boolean,
		hasTime: () => boolean,
		costOf: (row: R) => number,
	): boolean {
		const table = this.#table;
		const {rows, stamps, slotCount} = table;
		const since = this.#since;
		const haveAllChanged = this.#isOfFigures && table.figuresVersion > since;
		let cost = 0;
		for (let slot = pass.next; slot < slotCount; slot++) {
			const stamp = stamps[slot] ?? 0;
			if (stamp <= since && stamp > pass.until && !haveAllChanged) {
				continue;
			}

			const row = rows[slot];
			if (row === undefined) {
				continue;
			}

			if (!visit(slot, row)) {
				pass.next = slot;
				return false;
			}

			cost += costOf(row);
			if (cost >= ROWS_A_SLICE) {
				cost = 0;
				if (!hasTime()) {
					pass.next = slot + 1;
					return false;
				}
			}
		}

		return true;
	}
}
