import type {SeriesName} from '../model/row.ts';

/**
 * How a table lays out a column of its level. `rank` is the order in which columns get room, and all that decides it:
 * the table drops from the last rank on as it gets narrower. `width` is the least number of cells; what is left over
 * goes to names and then to sparklines, up to `most`.
 */
export type DisplayColumn = {
	/** A column's id, or `~` and a series for a sparkline. */
	readonly id: string;
	readonly rank: number;
	readonly width: number;
	readonly most: number;
	readonly series?: SeriesName;
	/** Left out where no API server is read, since it would be empty. */
	readonly needsInventory?: true;
};

export type SpareColumn = Omit<DisplayColumn, 'rank'>;

/** How a table shows the columns of one level. */
export type Layout = {
	/** From left to right. Ranks count from 0 without a gap. */
	readonly usual: readonly DisplayColumn[];
	/** What most tables need for one question only: shown where the usual columns leave room, the first of these first. */
	readonly spare: readonly SpareColumn[];
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

export const sparkline = (series: SeriesName, rank: number): DisplayColumn => ({
	id: `~${series}`,
	rank,
	width: 8,
	most: 30,
	series,
});

export const spare = (id: string, width: number, most = width): SpareColumn => ({id, width, most});

export const needingInventory = <C extends SpareColumn>(column: C): C => ({...column, needsInventory: true});
