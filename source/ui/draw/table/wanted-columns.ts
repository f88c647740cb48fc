import type {DisplayColumn} from '../../../metrics/columns/display-column.ts';
import type {Level} from '../../../metrics/model/view.ts';
import {choosableColumns, SPARE_RANK} from './display-columns.ts';

export type ColumnOptions = {
	readonly hasInventory: boolean;
	/** Ids of the columns that the user chose, in their order; undefined for the default ones. */
	readonly chosen: readonly string[] | undefined;
	/** Whether there are no sparklines, to leave room for numbers. */
	readonly isWide: boolean;
};

/** Chosen spare columns rank after the first three columns, which every table needs. */
const CHOSEN_RANK = 3 - 0.5;

/**
 * The columns that a table shows if they fit: the chosen ones, else the default and spare ones. If the user changed the
 * order, the rank is the position; a chosen spare column ranks before most default ones.
 */
export function wantedColumns(
	level: Level,
	{hasInventory, chosen, isWide}: ColumnOptions,
): readonly DisplayColumn[] {
	const all = choosableColumns(level, hasInventory);
	const byId = new Map(all.map(column => [column.id, column]));
	const isReordered = chosen !== undefined && !isInOrder(chosen, all);
	const wanted =
		chosen?.flatMap((id, place): readonly DisplayColumn[] => {
			const column = byId.get(id);
			if (column === undefined) {
				return [];
			}

			const rank = isReordered ? place : column.rank;
			return [{...column, rank: column.rank < SPARE_RANK ? rank : Math.min(rank, CHOSEN_RANK)}];
		}) ?? all;
	const kept = isWide ? wanted.filter(({series}) => series === undefined) : wanted;
	return kept.length === 0 ? all : kept;
}

function isInOrder(chosen: readonly string[], all: readonly DisplayColumn[]): boolean {
	const places = chosen.map(id => all.findIndex(column => column.id === id)).filter(place => place !== -1);
	return places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0));
}
