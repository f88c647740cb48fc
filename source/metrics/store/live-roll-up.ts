import type {StatisticsOf} from '../model/statistics.ts';
import type {Query, RowOf, View} from '../model/view.ts';
import {InTurns, STEPS_AT_ONCE, type Steps} from '../view/in-turns.ts';
import {RowTable} from '../view/row-table.ts';
import {TableView} from '../view/table-view.ts';

/** The views of sums over pods: summed once for all orders and filters, in turns. */
export class LiveRollUp<L extends 'namespaces' | 'workloads'> {
	readonly #version: () => string;
	readonly #begin: () => Steps<ReadonlyArray<RowOf[L]>>;
	readonly #sums: InTurns<ReadonlyArray<RowOf[L]>>;
	readonly #table: RowTable<RowOf[L]>;
	readonly #view: TableView<L>;

	/** `version` changes with what is summed. `before` has sums at a version. */
	constructor(
		level: L,
		version: () => string,
		begin: () => Steps<ReadonlyArray<RowOf[L]>>,
		before?: LiveRollUp<L>,
	) {
		this.#version = version;
		this.#begin = begin;
		if (before === undefined) {
			this.#sums = new InTurns();
			this.#table = new RowTable();
			this.#view = new TableView(level, this.#table);
		} else {
			this.#sums = before.#sums.fork();
			this.#table = before.#table.fork();
			this.#view = before.#view.fork(this.#table);
		}
	}

	view(query: Omit<Query<L>, 'level'>, nowMs: number, statistics?: StatisticsOf): View<L> {
		let steps = STEPS_AT_ONCE;
		const isReady = this.#sum(() => --steps > 0);
		const view = this.#view.view(query, nowMs, nowMs, statistics);
		return isReady ? view : {...view, isPending: true};
	}

	/** See `TableView.forgetStatistics`. */
	forgetStatistics(): void {
		this.#view.forgetStatistics();
	}

	/** Goes on with the sums and the last view as long as there is time; returns whether all is done. */
	advance(hasTime: () => boolean): boolean {
		return this.#sum(hasTime) && this.#view.advance(hasTime);
	}

	/** Sums as long as there is time; returns whether all is summed. */
	sum(hasTime: () => boolean): boolean {
		return this.#sums.advance(this.#version(), this.#begin, hasTime);
	}

	#sum(hasTime: () => boolean): boolean {
		if (!this.sum(hasTime)) {
			return false;
		}

		this.#table.set(ALL, this.#sums.value ?? []);
		return this.#table.settle(hasTime);
	}

	/** The sums, made at once if they are not ready. */
	atOnce(): ReadonlyArray<RowOf[L]> {
		this.sum(() => true);
		return this.#sums.value ?? [];
	}

	/** The sums, if they are ready. */
	get rows(): ReadonlyArray<RowOf[L]> | undefined {
		return this.#sums.isReady(this.#version()) ? this.#sums.value : undefined;
	}
}

/** The sums are one part of their table. */
const ALL = {};
