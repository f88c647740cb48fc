import type {KeptName, NodeRow, ObjectRow, Row} from './row.ts';
import type {StatisticSeries, Statistics} from './statistics.ts';

/** `name` is what the row is called, `status` is as in `kubectl get`, `state` is how the node was last read. */
export type TextUnit = 'text' | 'name' | 'status' | 'state';

export type NumberUnit =
	| 'cores'
	| 'bytes'
	| 'bytesPerSecond'
	| 'perSecond'
	| 'ratio'
	| 'count'
	| 'durationMs';

/** What a value means, so that a screen, a CSV and a table can each print it their own way. */
export type Unit = TextUnit | NumberUnit;

/** Text is aligned to the left, sorted from A on, and not compared as a number. */
export function isText(unit: Unit): unit is TextUnit {
	return unit === 'text' || unit === 'name' || unit === 'status' || unit === 'state';
}

/**
 * One column of a table: what to call it, what it means, and how to read it off a row. `value` is declared as a method,
 * so that columns of one kind of row pass as columns of any: a view's columns read that view's rows.
 */
export type Column<R extends Row = Row> = {
	/** Stable: named by `--sort`, by filters (`cpu>0.5`), in CSV headings and the saved column choice. */
	readonly id: string;
	/** As short as a table needs it: `CPU`, `MEM%`, `NET↓`. */
	readonly heading: string;
	/** The heading in full words; undefined if it is not abbreviated. */
	readonly fullHeading?: string;
	readonly unit: Unit;
	/** Whether it is left out where only one cluster is read. */
	readonly needsClusters?: true;
	/** One sentence for the `e` key and the documentation. */
	readonly explanation: string;
	/** Undefined is unknown: it sorts last in both directions and shows as `–`. */
	value(row: R, nowMs: number): number | string | undefined;
	/** The series of which it says the value, if it is one that rings may have the past of. */
	readonly series?: KeptName | undefined;
	/** Makes `value` ready as long as there is time; returns whether it is. Left out where it is always. */
	advance?(row: R, nowMs: number, hasTime: () => boolean): boolean;
	/** For a statistic of a window: `value` knows it only in the columns of a view that has a window, see `columnsWithin`. */
	readonly ofWindow?: OfWindow<R> | undefined;
	/** Why there is no value, for the `e` key; left out where there always is one. */
	readonly why?: Why | undefined;
};

/** How to read a column off a row and the statistics of one of its series. */
export type OfWindow<R extends Row> = {
	readonly series: StatisticSeries;
	of(statistics: Statistics, row: R): number | undefined;
};

/** What reasons need to know beside the row. */
export type Surroundings = {
	/** The node that a pod or a container is on; undefined for other rows and for unknown nodes. */
	readonly node: NodeRow | undefined;
	/** Whether the row is of a moment of the past. */
	readonly isPast: boolean;
	/** Whether an API server is read. */
	readonly hasInventory: boolean;
	readonly nowMs: number;
	/** The time since ktop's first sample. */
	readonly watchedMs: number;
};

/** Why a row has no value: a few words in lower case, without a full stop. */
export type Why = (row: ObjectRow, around: Surroundings) => string;
