import type {DisplayColumn} from '../../../metrics/columns/display-column.ts';
import type {Level} from '../../../metrics/model/view.ts';
import {choosableColumns, SPARE_RANK} from './display-columns.ts';

export type ColumnWishes = {
	readonly hasInventory: boolean;
	/** Ids of the columns that were chosen, in their order; undefined for the usual ones. */
	readonly chosen: readonly string[] | undefined;
	/** Whether figures take the room of sparklines. */
	readonly isWide: boolean;
};

/** A chosen column that is not a usual one ranks right behind the first three, which every table needs. */
const CHOSEN_RANK = 3 - 0.5;

/**
 * The columns that a table shows as far as they fit: the chosen ones, else the usual and spare ones. Where the user
 * changed the order, the first columns get room first; a chosen column that is not a usual one goes before usual ones.
 */
export function wantedColumns(
	level: Level,
	{hasInventory, chosen, isWide}: ColumnWishes,
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
