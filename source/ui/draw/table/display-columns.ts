import {layoutOf} from '../../../metrics/columns/columns.ts';
import type {DisplayColumn, SpareColumn} from '../../../metrics/columns/display-column.ts';
import type {Level} from '../../../metrics/model/view.ts';

/** Spare columns have this rank or above: they are shown if names are not cut and sparklines have a good width. */
export const SPARE_RANK = 100;

/** Statistics are shown only when they are chosen. */
export const STATISTICS_RANK = 200;

/** The default columns of a table; without an inventory, those that do not need it. */
export function displayColumns(level: Level, hasInventory: boolean): readonly DisplayColumn[] {
	return layoutOf(level).defaults.filter(isAvailable(hasInventory));
}

/** The columns that are shown if the default ones leave room, the most important first. */
export function spareColumns(level: Level, hasInventory: boolean): readonly DisplayColumn[] {
	return layoutOf(level)
		.spare.map((column, index) => ({...column, rank: SPARE_RANK + index}))
		.filter(isAvailable(hasInventory));
}

/** The statistics of the window, from left to right. */
export function statisticColumns(level: Level, hasInventory: boolean): readonly DisplayColumn[] {
	return layoutOf(level)
		.statistics.map(column => ({...column, rank: STATISTICS_RANK + column.rank}))
		.filter(isAvailable(hasInventory));
}

/** All columns that can be chosen, the default ones first. */
export function choosableColumns(level: Level, hasInventory: boolean): readonly DisplayColumn[] {
	return [
		...displayColumns(level, hasInventory),
		...spareColumns(level, hasInventory),
		...statisticColumns(level, hasInventory),
	];
}

const isAvailable =
	(hasInventory: boolean) =>
	({needsInventory}: SpareColumn): boolean =>
		hasInventory || needsInventory !== true;
