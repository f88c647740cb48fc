import {isTextId} from '../../metrics/columns/columns.ts';
import type {Level} from '../../metrics/model/view.ts';

/** The column that rows are sorted by, and the direction. */
export type SortOrder = {readonly column: string; readonly isDescending: boolean};

export const BY_CPU: SortOrder = {column: 'cpu', isDescending: true};

export const CRITICAL_FIRST: SortOrder = {column: 'level', isDescending: false};

/** The order of a table that was not sorted yet. */
export function orderOf(level: Level | undefined): SortOrder {
	return level === 'problems' ? CRITICAL_FIRST : BY_CPU;
}

/** The default order of a column: texts ascending, numbers descending. */
export function firstOrder(column: string): SortOrder {
	return {column, isDescending: !isTextId(column)};
}
