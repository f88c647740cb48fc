import type {Level} from '../../metrics/view.ts';
import {type DisplayColumn, displayColumns} from './display-columns.ts';

export type ColumnWishes = {
	readonly hasInventory: boolean;
	/** Ids of the columns that were chosen, in their order; undefined for all. */
	readonly chosen: readonly string[] | undefined;
	/** Whether figures take the room of sparklines. */
	readonly isWide: boolean;
};

/**
 * The columns that a table shows as far as they fit. Of those that were put into an order of one's own the first get room
 * first: whoever did that said what is worth most.
 */
export function wantedColumns(
	level: Level,
	{hasInventory, chosen, isWide}: ColumnWishes,
): readonly DisplayColumn[] {
	const all = displayColumns(level, hasInventory);
	const byId = new Map(all.map(column => [column.id, column]));
	const isReordered = chosen !== undefined && !isInOrder(chosen, all);
	const wanted =
		chosen?.flatMap((id, rank): readonly DisplayColumn[] => {
			const column = byId.get(id);
			return column === undefined ? [] : [isReordered ? {...column, rank} : column];
		}) ?? all;
	const kept = isWide ? wanted.filter(({series}) => series === undefined) : wanted;
	return kept.length === 0 ? all : kept;
}

function isInOrder(chosen: readonly string[], all: readonly DisplayColumn[]): boolean {
	const places = chosen.map(id => all.findIndex(column => column.id === id)).filter(place => place !== -1);
	return places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0));
}
