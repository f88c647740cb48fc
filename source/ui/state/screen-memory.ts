import {currentId} from '../../metrics/columns/former-ids.ts';
import {isJsonObject, type JsonObject, parseJson} from '../../metrics/model/json.ts';
import {TABLES} from '../../metrics/model/levels.ts';
import type {Level} from '../../metrics/model/view.ts';
import type {SortOrder} from './sort-order.ts';

/** The settings of the screen that are saved between runs. */
export type ScreenMemory = {
	/** Ids of the chosen columns in their order, by table; absent for the default ones. */
	readonly columns: Readonly<Partial<Record<Level, readonly string[]>>>;
	readonly sorts: Readonly<Partial<Record<Level, SortOrder>>>;
	/** Earlier filters, the newest first. */
	readonly filters: readonly string[];
};

export const NO_MEMORY: ScreenMemory = {columns: {}, sorts: {}, filters: []};

const MAX_FILTERS = 50;

/** Adds a filter as the newest one, without duplicates. */
export function withFilter(filters: readonly string[], filter: string): readonly string[] {
	return filter === ''
		? filters
		: [filter, ...filters.filter(known => known !== filter)].slice(0, MAX_FILTERS);
}

/** Decodes the JSON of a `ScreenMemory`; ignores invalid fields. */
export function decodeScreenMemory(text: string): ScreenMemory {
	const fields = objectOf(parseJson(text));
	const columns: Partial<Record<Level, readonly string[]>> = {};
	const sorts: Partial<Record<Level, SortOrder>> = {};
	for (const level of TABLES) {
		const ids = objectOf(fields.columns)[level];
		if (Array.isArray(ids) && ids.length > 0 && ids.every(id => typeof id === 'string')) {
			columns[level] = ids.map(currentId);
		}

		const {column, isDescending} = objectOf(objectOf(fields.sorts)[level]);
		if (typeof column === 'string' && typeof isDescending === 'boolean') {
			sorts[level] = {column: currentId(column), isDescending};
		}
	}

	const filters = Array.isArray(fields.filters)
		? fields.filters.filter((filter): filter is string => typeof filter === 'string')
		: [];
	return {columns, sorts, filters: filters.slice(0, MAX_FILTERS)};
}

function objectOf(value: unknown): JsonObject {
	return isJsonObject(value) ? value : {};
}
