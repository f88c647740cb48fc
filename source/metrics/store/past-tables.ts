import {type CountsByNamespace, countsOfRows} from '../model/counts.ts';
import type {StatisticsOf} from '../model/statistics.ts';
import type {Level, Query, Unprepared, View} from '../model/view.ts';
import type {UnreadRows} from './cluster-join.ts';
import {LiveCounts} from './live-counts.ts';
import type {LiveTables} from './live-tables.ts';

/**
 * The views of a past moment of many rows: rows are made part by part, in turns, and replace those of the moment before in
 * tables that are kept in order. Until all are there, views are those of before.
 */
export class PastTables<Part extends object> {
	readonly #tables: LiveTables;
	readonly #parts: readonly Part[];
	readonly #rowsAt: (part: Part, atMs: number) => UnreadRows;
	readonly #counts = new LiveCounts<Part>();
	readonly #given = new Map<Level, View>();
	#atMs: number | undefined;
	/** How many parts have their rows of this moment. */
	#made = 0;
	#isMade = false;

	/** `tables`: with rows of about the same objects, to begin with. */
	constructor(tables: LiveTables, parts: readonly Part[], rowsAt: (part: Part, atMs: number) => UnreadRows) {
		this.#tables = tables;
		this.#parts = parts;
		this.#rowsAt = rowsAt;
	}

	/** Whether all rows of a moment are made. */
	isMadeAt(atMs: number): boolean {
		return this.#isMade && this.#atMs === atMs;
	}

	/** Undefined until all rows of that moment are made. */
	tablesAt(atMs: number): LiveTables | undefined {
		return this.isMadeAt(atMs) ? this.#tables : undefined;
	}

	/** By namespace; undefined until all rows are made. */
	countsAt(atMs: number): CountsByNamespace | undefined {
		this.moveTo(atMs);
		return this.#isMade ? this.#counts.sum : undefined;
	}

	view<L extends Level>(
		query: Query<L>,
		nowMs: number,
		atMs: number,
		statistics?: StatisticsOf,
	): View<L> | undefined {
		this.moveTo(atMs);
		const before = this.#isMade ? undefined : this.#given.get(query.level);
		const view = before ?? this.#tables.view(query, nowMs, statistics, atMs);
		if (view === undefined) {
			return undefined;
		}

		this.#given.set(query.level, view);
		// The level determines the type of the rows, which the compiler cannot tell.
		return (this.#isMade ? view : {...view, isPending: true}) as View<L>;
	}

	/** Makes rows, and then goes on with the last view, as long as there is time. */
	prepare(hasTime: () => boolean): Unprepared {
		if (this.#isMade || this.#atMs === undefined) {
			return this.#tables.prepare(hasTime);
		}

		this.#isMade = this.#make(this.#atMs, hasTime);
		return 'view';
	}

	/** From now on rows are made of another moment. */
	moveTo(atMs: number): void {
		if (atMs !== this.#atMs) {
			this.#atMs = atMs;
			this.#made = 0;
			this.#isMade = false;
			this.#tables.forgetStatistics();
		}
	}

	#make(atMs: number, hasTime: () => boolean): boolean {
		while (this.#made < this.#parts.length) {
			const part = this.#parts[this.#made++];
			if (part !== undefined) {
				const rows = this.#rowsAt(part, atMs);
				this.#tables.set(part, rows);
				this.#counts.set(part, countsOfRows(rows.pods, rows.containers));
			}

			if (!hasTime()) {
				return false;
			}
		}

		return this.#tables.advance(0, hasTime);
	}
}
