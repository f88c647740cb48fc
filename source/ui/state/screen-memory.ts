import {isJsonObject, type JsonObject, parseJson} from '../../metrics/model/json.ts';
import type {Level} from '../../metrics/model/view.ts';
import {LEVELS} from './levels.ts';
import type {SortOrder} from './sort-order.ts';

/** What the screen remembers from one run to the next. */
export type ScreenMemory = {
	/** Ids of the columns that were chosen, in their order; absent where all that fit are shown. */
	readonly columns: Readonly<Partial<Record<Level, readonly string[]>>>;
	readonly sorts: Readonly<Partial<Record<Level, SortOrder>>>;
	/** The newest first. */
	readonly filters: readonly string[];
};

export const NO_MEMORY: ScreenMemory = {columns: {}, sorts: {}, filters: []};

const MOST_FILTERS = 50;

/** A filter becomes the newest; one that was there before is not there twice. */
export function withFilter(filters: readonly string[], filter: string): readonly string[] {
	return filter === ''
		? filters
		: [filter, ...filters.filter(known => known !== filter)].slice(0, MOST_FILTERS);
}

/** Reads what `JSON.stringify` wrote; fields of another shape are left out. */
export function decodeMemory(text: string): ScreenMemory {
	const fields = objectOf(parseJson(text));
	const columns: Partial<Record<Level, readonly string[]>> = {};
	const sorts: Partial<Record<Level, SortOrder>> = {};
	for (const level of LEVELS) {
		const ids = objectOf(fields.columns)[level];
		if (Array.isArray(ids) && ids.length > 0 && ids.every(id => typeof id === 'string')) {
			columns[level] = ids;
		}

		const {column, isDescending} = objectOf(objectOf(fields.sorts)[level]);
		if (typeof column === 'string' && typeof isDescending === 'boolean') {
			sorts[level] = {column, isDescending};
		}
	}

	const filters = Array.isArray(fields.filters)
		? fields.filters.filter((filter): filter is string => typeof filter === 'string')
		: [];
	return {columns, sorts, filters: filters.slice(0, MOST_FILTERS)};
}

function objectOf(value: unknown): JsonObject {
	return isJsonObject(value) ? value : {};
}
