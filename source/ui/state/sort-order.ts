import {isTextId} from '../../metrics/columns/columns.ts';

/** The column that rows are ordered by, and from which end. */
export type SortOrder = {readonly column: string; readonly isDescending: boolean};

export const BY_CPU: SortOrder = {column: 'cpu', isDescending: true};

/** A column's first order: text from A on, numbers from the largest. */
export function firstOrder(column: string): SortOrder {
	return {column, isDescending: !isTextId(column)};
}
