import type {Column} from '../model/column.ts';
import type {Row} from '../model/row.ts';
import {stepAt} from '../model/statistics.ts';
import {ChangedSlots} from './changed-slots.ts';
import {CopyOnWrite} from './copy-on-write.ts';
import type {RowTable} from './row-table.ts';

/**
 * A moment later than any of a row. Times since something are longer by the same amount then, so they need not be asked
 * again whenever time has passed.
 */
const LATER_MS = 2 ** 43;

/** Statistics of a sum look at the past of each of its pods, which takes longer than to ask some rows. */
const ROWS_A_PAST = 8;

function costOfStatistics(row: Row): number {
	switch (row.kind) {
		case 'namespace':
		case 'workload':
			return 1 + ROWS_A_PAST * row.podCount;
		default:
			return 1;
	}
}

/**
 * What a column of numbers says of each row of a table; NaN where it is unknown. Only rows that changed are asked again. In
 * statistics of a window, a row that did not change is asked again when the window has moved on by a step.
 */
export class SlotNumbers<R extends Row> {
	readonly #table: RowTable<R>;
	readonly #column: Column<R>;
	#changed: ChangedSlots<R>;
	readonly #windowMs: number | undefined;
	#numbers = new CopyOnWrite<Float64Array>(new Float64Array(0));
	#askedAtMs = LATER_MS;
	/** The step of the last answer, and the version of the table when it began. */
	#step: {readonly number: number; readonly version: number} = {number: -1, version: -1};

	/** `windowMs`: of the window that the column is a statistic of. */
	constructor(table: RowTable<R>, column: Column<R>, windowMs?: number) {
		this.#table = table;
		this.#column = column;
		this.#windowMs = windowMs;
		this.#changed = new ChangedSlots(table, true);
	}

	/** Whether it is a statistic of a window. */
	get isOfWindow(): boolean {
		return this.#windowMs !== undefined;
	}

	/** The same for a fork of the table. */
	fork(table: RowTable<R>): SlotNumbers<R> {
		const fork = new SlotNumbers(table, this.#column, this.#windowMs);
		fork.#changed = this.#changed.fork(table);
		fork.#numbers = this.#numbers.fork();
		fork.#askedAtMs = this.#askedAtMs;
		fork.#step = this.#step;
		return fork;
	}

	/** By slot; of times since something their order alone is right. */
	get numbers(): Float64Array {
		return this.#numbers.current;
	}

	/** The same, never to be changed: what follows goes into a copy. */
	lend(): Float64Array {
		return this.#numbers.lend();
	}

	/** Asks as long as there is time; returns whether all is asked. */
	advance(nowMs: number, hasTime: () => boolean): boolean {
		if (this.#windowMs !== undefined) {
			this.#moveOn(stepAt(this.#windowMs, nowMs), nowMs);
		}

		const {slotCount} = this.#table;
		if (this.numbers.length < slotCount) {
			const more = new Float64Array(Math.ceil(slotCount * 1.25));
			more.set(this.numbers);
			this.#numbers.replace(more);
		}

		const [table, column, askedAtMs, numbers] = [this.#table, this.#column, this.#askedAtMs, this.#numbers];
		if (column.series !== undefined && this.#changed.visited !== table.version) {
			if (table.fill(column.series, numbers.own())) {
				this.#changed.skip();
			}
		}

		return this.#changed.advance(
			(slot, now) => {
				const row = table.rowAt(slot, now);
				if (column.advance?.(row, askedAtMs, hasTime) === false) {
					return false;
				}

				const value = column.value(row, askedAtMs);
				numbers.own()[slot] = typeof value === 'number' ? value : Number.NaN;
				return true;
			},
			hasTime,
			column.ofWindow === undefined ? undefined : costOfStatistics,
		);
	}

	#moveOn(step: number, nowMs: number): void {
		this.#askedAtMs = nowMs;
		if (step !== this.#step.number) {
			// What changed since the step before began is as of that step, and the next change is about to come.
			this.#changed.again(this.#step.version);
			this.#step = {number: step, version: this.#table.version};
		}
	}
}
