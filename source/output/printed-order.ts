import type {PrintedLevel, Query} from '../metrics/model/view.ts';

/** The order of a level that was not asked to be sorted: by name, and problems the critical ones first. */
export function printedOrder(level: PrintedLevel): NonNullable<Query['sort']> {
	return {column: level === 'problems' ? 'level' : 'name', isDescending: false};
}
