import type {Column} from '../metrics/column.ts';
import type {Row} from '../metrics/row.ts';
import type {View} from '../metrics/view.ts';
import type {Choice} from './column-chooser.ts';
import {completeFilter} from './complete-filter.ts';
import {currentPage, type ScreenState} from './screen-state.ts';
import {choosableColumns, type DisplayColumn, displayColumns} from './table/display-columns.ts';
import {wantedColumns} from './table/wanted-columns.ts';

/** Rows that a column's values are gathered from while a filter is typed. */
const MOST_VALUES = 5000;

const idsOf = (columns: readonly DisplayColumn[]): readonly string[] => columns.map(({id}) => id);

/** Ids of the columns of the current table that it can be sorted and filtered by, as they stand. */
export function sortableColumns(state: ScreenState, hasInventory: boolean): readonly string[] {
	const {level} = currentPage(state);
	return level === undefined
		? []
		: idsOf(wantedColumns(level, {hasInventory, chosen: state.memory.columns[level], isWide: true}));
}

/** The columns of the current table that may be chosen, and those that are shown unless others are. */
export function choiceOf(state: ScreenState, hasInventory: boolean): Choice {
	const {level} = currentPage(state);
	return level === undefined
		? {all: [], usual: []}
		: {
				all: idsOf(choosableColumns(level, hasInventory)),
				usual: idsOf(displayColumns(level, hasInventory)),
			};
}

/** Values of a column of words, as the table has them now. */
export function valuesOf(view: View, id: string, nowMs: number): readonly string[] {
	const column = view.columns.find(known => known.id === id) as unknown as Column<Row> | undefined;
	return column === undefined
		? []
		: view.rows.slice(0, MOST_VALUES).flatMap(row => {
				const value = column.value(row, nowMs);
				return typeof value === 'string' ? [value] : [];
			});
}

/** Words that the filter which is being typed could go on with. */
export function completionsOf(
	state: ScreenState,
	view: View | undefined,
	hasInventory: boolean,
	nowMs: number,
): readonly string[] {
	return state.editing === undefined || view === undefined
		? []
		: completeFilter(state.editing.text, state.editing.cursor, {
				columns: sortableColumns(state, hasInventory),
				valuesOf: column => valuesOf(view, column, nowMs),
			}).words;
}
