import {layoutOf} from '../../../metrics/columns/columns.ts';
import type {DisplayColumn, SpareColumn} from '../../../metrics/columns/display-column.ts';
import type {Level} from '../../../metrics/model/view.ts';

/** From this rank on columns come where there is room to spare, once names are whole and sparklines of a good length. */
export const SPARE_RANK = 100;

/** The usual columns of a level, without those that nothing could fill. */
export function displayColumns(level: Level, hasInventory: boolean): readonly DisplayColumn[] {
	return layoutOf(level).usual.filter(canBeFilled(hasInventory));
}

/** The columns that come where the usual ones leave room, the last to be dropped first. */
export function spareColumns(level: Level, hasInventory: boolean): readonly DisplayColumn[] {
	return layoutOf(level)
		.spare.map((column, index) => ({...column, rank: SPARE_RANK + index}))
		.filter(canBeFilled(hasInventory));
}

/** All columns that may be chosen, the usual ones first. */
export function choosableColumns(level: Level, hasInventory: boolean): readonly DisplayColumn[] {
	return [...displayColumns(level, hasInventory), ...spareColumns(level, hasInventory)];
}

const canBeFilled =
	(hasInventory: boolean) =>
	({needsInventory}: SpareColumn): boolean =>
		hasInventory || needsInventory !== true;
