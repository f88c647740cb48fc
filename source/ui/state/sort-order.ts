import {isTextId} from '../../metrics/columns/columns.ts';

/** The column that rows are sorted by, and the direction. */
export type SortOrder = {readonly column: string; readonly isDescending: boolean};

export const BY_CPU: SortOrder = {column: 'cpu', isDescending: true};

/** The default order of a column: texts ascending, numbers descending. */
export function firstOrder(column: string): SortOrder {
	return {column, isDescending: !isTextId(column)};
}
