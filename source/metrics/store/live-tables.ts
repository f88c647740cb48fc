import type {ContainerRow, PodRow} from '../model/row.ts';
import type {StatisticsOf} from '../model/statistics.ts';
import type {Level, Query, Unprepared, View} from '../model/view.ts';
import {RowTable} from '../view/row-table.ts';
import {TableView} from '../view/table-view.ts';
import type {UnreadRows} from './cluster-join.ts';

/** The tables of all pods and all containers, kept in order while rows change. */
export class LiveTables {
	readonly #pods = new RowTable<PodRow>();
	readonly #containers = new RowTable<ContainerRow>();
	readonly #podView = new TableView('pods', this.#pods);
	readonly #containerView = new TableView('containers', this.#containers);
	readonly #known = new Map<object, UnreadRows>();
	#shown: Pick<TableView<'pods'>, 'advance' | 'foresee'> | undefined;

	/** Replaces the rows of a part; returns whether they are others. */
	set(part: object, rows: UnreadRows): boolean {
		if (this.#known.get(part) === rows) {
			return false;
		}

		this.#known.set(part, rows);
		this.#pods.set(part, rows.pods);
		this.#containers.set(part, rows.containers);
		return true;
	}

	remove(part: object): void {
		this.#known.delete(part);
		this.#pods.set(part, []);
		this.#containers.set(part, []);
	}

	/**
	 * Takes in new rows, and makes the last view anew, as long as there is time; returns whether all is done. A view that was
	 * not asked for lately catches up when it is.
	 */
	advance(hasTime: () => boolean): boolean {
		return (
			this.#pods.settle(hasTime) &&
			this.#containers.settle(hasTime) &&
			(this.#shown === undefined || this.#shown.advance(hasTime))
		);
	}

	/** Goes on with the last view as long as there is time, then with what is likely to be asked for next. */
	prepare(hasTime: () => boolean): Unprepared {
		if (this.#shown?.advance(hasTime) === false) {
			return 'view';
		}

		return this.#shown?.foresee(hasTime) === false ? 'next' : 'nothing';
	}

	/** Undefined for other tables than these. */
	view<L extends Level>(query: Query<L>, nowMs: number, statistics?: StatisticsOf): View<L> | undefined;
	view({level, ...query}: Query, nowMs: number, statistics?: StatisticsOf): View | undefined {
		switch (level) {
			case 'pods':
				this.#shown = this.#podView;
				return this.#podView.view(query, nowMs, nowMs, statistics);
			case 'containers':
				this.#shown = this.#containerView;
				return this.#containerView.view(query, nowMs, nowMs, statistics);
			default:
				return undefined;
		}
	}
}
