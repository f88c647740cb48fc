import type {Level} from '../../metrics/view.ts';
import {choosableColumns, type DisplayColumn, displayColumns} from './display-columns.ts';

export type ColumnWishes = {
	readonly hasInventory: boolean;
	/** Ids of the columns that were chosen, in their order; undefined for the usual ones. */
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
	const usual = displayColumns(level, hasInventory);
	const all = choosableColumns(level, hasInventory);
	const byId = new Map(all.map(column => [column.id, column]));
	const isReordered = chosen !== undefined && !isInOrder(chosen, all);
	const wanted =
		chosen?.flatMap((id, rank): readonly DisplayColumn[] => {
			const column = byId.get(id);
			return column === undefined ? [] : [isReordered ? {...column, rank} : column];
		}) ?? usual;
	const kept = isWide ? wanted.filter(({series}) => series === undefined) : wanted;
	return kept.length === 0 ? usual : kept;
}

function isInOrder(chosen: readonly string[], all: readonly DisplayColumn[]): boolean {
	const places = chosen.map(id => all.findIndex(column => column.id === id)).filter(place => place !== -1);
	return places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0));
}
