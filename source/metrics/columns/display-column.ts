import type {SeriesName} from '../model/row.ts';

/**
 * The layout of a column. Columns get room in the order of `rank`: a narrow table drops the highest ranks. `width` is the
 * least number of cells; remaining cells go to names and then to sparklines, up to `most` each.
 */
export type DisplayColumn = {
	/** The id of a column, or `~` and a series for a sparkline. */
	readonly id: string;
	readonly rank: number;
	readonly width: number;
	readonly most: number;
	/** The cells that will do where there is no room for `width`; absent: `width`. */
	readonly narrowest?: number;
	readonly series?: SeriesName;
	/** Set for columns that are empty without an API server. */
	readonly needsInventory?: true;
};

export type SpareColumn = Omit<DisplayColumn, 'rank'>;

/** The columns of a table. */
export type Layout = {
	/** From left to right. Ranks are 0, 1, 2 and so on, without gaps. */
	readonly defaults: readonly DisplayColumn[];
	/** Shown if the default columns leave room, or if chosen; the most important first. */
	readonly spare: readonly SpareColumn[];
	/** Shown only if chosen, one by one or all together; from left to right, ranked among themselves. */
	readonly statistics: readonly DisplayColumn[];
	/** Ids of the numbers that a map of the rows steps through, the most important first; none if there is no map. */
	readonly measures: readonly string[];
	/** Ids of the texts that a map groups by: the first with a value, if no other is chosen. */
	readonly groups: readonly string[];
};

export const fixed = (id: string, rank: number, width: number): DisplayColumn => ({
	id,
	rank,
	width,
	most: width,
});

export const flexible = (id: string, rank: number, width: number, most: number): DisplayColumn => ({
	id,
	rank,
	width,
	most,
});

export const narrowable = (column: DisplayColumn, narrowest: number): DisplayColumn => ({
	...column,
	narrowest,
});

export const sparklineColumn = (series: SeriesName, rank: number): DisplayColumn => ({
	id: `~${series}`,
	rank,
	width: 8,
	most: 30,
	series,
});

export const spare = (id: string, width: number, most = width): SpareColumn => ({id, width, most});

export const needingInventory = <C extends SpareColumn>(column: C): C => ({...column, needsInventory: true});
