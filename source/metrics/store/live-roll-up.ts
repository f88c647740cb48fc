import type {StatisticsOf} from '../model/statistics.ts';
import type {Query, RowOf, View} from '../model/view.ts';
import {InTurns, STEPS_AT_ONCE, type Steps} from '../view/in-turns.ts';
import {selectRows} from '../view/select-rows.ts';

/** The views of sums over pods: summed once for all orders and filters, in turns. */
export class LiveRollUp<L extends 'namespaces' | 'workloads'> {
	readonly #level: L;
	readonly #version: () => string;
	readonly #begin: () => Steps<ReadonlyArray<RowOf[L]>>;
	readonly #rows: InTurns<ReadonlyArray<RowOf[L]>>;

	/** `version` changes with what is summed. `before` has sums at a version. */
	constructor(
		level: L,
		version: () => string,
		begin: () => Steps<ReadonlyArray<RowOf[L]>>,
		before?: LiveRollUp<L>,
	) {
		this.#level = level;
		this.#version = version;
		this.#begin = begin;
		this.#rows = before === undefined ? new InTurns() : before.#rows.fork();
	}

	view(query: Omit<Query<L>, 'level'>, nowMs: number, statistics?: StatisticsOf): View<L> {
		let steps = STEPS_AT_ONCE;
		const isReady = this.advance(() => --steps > 0);
		const rows = this.#rows.value ?? [];
		const view = selectRows<L>({...query, level: this.#level}, rows, nowMs, nowMs, statistics);
		return isReady ? view : {...view, isPending: true};
	}

	/** Sums as long as there is time; returns whether all is summed. */
	advance(hasTime: () => boolean): boolean {
		return this.#rows.advance(this.#version(), this.#begin, hasTime);
	}

	/** The sums, made at once if they are not ready. */
	atOnce(): ReadonlyArray<RowOf[L]> {
		this.advance(() => true);
		return this.#rows.value ?? [];
	}

	/** The sums, if they are ready. */
	get rows(): ReadonlyArray<RowOf[L]> | undefined {
		return this.#rows.isReady(this.#version()) ? this.#rows.value : undefined;
	}
}
