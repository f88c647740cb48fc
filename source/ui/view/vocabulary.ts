import {layoutOf} from '../../metrics/columns/columns.ts';
import type {DisplayColumn} from '../../metrics/columns/display-column.ts';
import {type Column, isText} from '../../metrics/model/column.ts';
import {labelsOf} from '../../metrics/model/labels.ts';
import type {Row} from '../../metrics/model/row.ts';
import type {Cursor, Source, View} from '../../metrics/model/view.ts';
import {parseFilter} from '../../metrics/view/filter.ts';
import {type FilterAdvice, filterAdvice} from '../../metrics/view/filter-advice.ts';
import {firstKnownKey} from '../../metrics/view/group-rows.ts';
import {choosableColumns, displayColumns} from '../draw/table/display-columns.ts';
import {type ColumnOptions, wantedColumns} from '../draw/table/wanted-columns.ts';
import type {Choice} from '../state/column-chooser.ts';
import {completeFilter, type Vocabulary} from '../state/complete-filter.ts';
import {currentPage} from '../state/page.ts';
import type {ScreenState} from '../state/screen-state.ts';

/** The number of rows whose values are offered as completions. */
const MAX_ROWS = 5000;

/** Mostly one of these has a text if any row has. */
const FIRST_ROWS = 32;

const idsOf = (columns: readonly DisplayColumn[]): readonly string[] => columns.map(({id}) => id);

/** Ids of the columns by which the current table can be sorted, in the order of the screen. */
export function sortableColumns(
	state: ScreenState,
	reads: Pick<ColumnOptions, 'hasInventory' | 'hasClusters'>,
): readonly string[] {
	const {level} = currentPage(state);
	if (level === undefined) {
		return [];
	}

	const chosen = state.memory.columns[level];
	return idsOf(wantedColumns(level, {...reads, chosen, isWide: true, hasStatistics: true}));
}

/** The columns of the current table for the column chooser. */
export function choiceOf(state: ScreenState, hasInventory: boolean): Choice {
	const {level} = currentPage(state);
	return level === undefined
		? {all: [], defaults: []}
		: {
				all: idsOf(choosableColumns(level, hasInventory)),
				defaults: idsOf(displayColumns(level, hasInventory)),
			};
}

/** Whether the filter of a page is valid and matches rows; always `ok` on a page without a table. */
export function filterAdviceOf(state: ScreenState, view: View | undefined): FilterAdvice {
	return view === undefined
		? {kind: 'ok'}
		: filterAdvice(currentPage(state).filter, view.columns, {
				rows: view.isPending === true ? view.total : view.rows.length,
				total: view.total,
			});
}

/** The error of a filter for the page's table; undefined if it is valid. */
export function filterProblem(filter: string, view: View | undefined): string | undefined {
	const parsed = parseFilter<Row>(filter, view?.columns ?? []);
	return parsed.kind === 'problem' ? parsed.problem : undefined;
}

/**
 * The ids of the texts of a table that some of its rows have, besides their names: what they can be grouped by, those of
 * the layout first. Each is looked for when it is asked for.
 */
export function* groupKeysOf(view: View | undefined, nowMs: number): Iterable<string> {
	if (view === undefined) {
		return;
	}

	const columns: ReadonlyArray<Column<Row>> = view.columns;
	const {groups} = layoutOf(view.level);
	const first: readonly Row[] = view.rows.slice(0, FIRST_ROWS);
	let rows: readonly Row[] | undefined;
	const others = columns.filter(({id, unit}) => isText(unit) && unit !== 'name' && !groups.includes(id));
	for (const id of [...groups, ...others.map(({id}) => id)]) {
		if (firstKnownKey<Row>(first, columns, [id], nowMs) !== undefined) {
			yield id;
			continue;
		}

		// A long table is put in order as far as it is read.
		rows ??= view.rows.slice(0, MAX_ROWS);
		if (firstKnownKey<Row>(rows, columns, [id], nowMs) !== undefined) {
			yield id;
		}
	}
}

/** The names of the labels of the rows, each once. */
export function labelNamesOf(view: View | undefined): readonly string[] {
	const rows: readonly Row[] = view?.rows.slice(0, MAX_ROWS) ?? [];
	return [...new Set(rows.flatMap(row => Object.keys(labelsOf(row) ?? {})))].sort();
}

/** The names of all namespaces with pods, sorted. */
export function namespacesOf(source: Source, cursor: Cursor, nowMs: number): readonly string[] {
	const names = source.rows('pods', {}, cursor, nowMs).map(({namespace}) => namespace);
	return [...new Set(names)].filter(name => name !== '').sort();
}

/** The words that can complete a filter of the table, from its columns and current rows. */
export function vocabularyOf(view: View | undefined, nowMs: number): Vocabulary {
	const columns: ReadonlyArray<Column<Row>> = view?.columns ?? [];
	const rows = (): readonly Row[] => view?.rows.slice(0, MAX_ROWS) ?? [];
	return {
		columns: columns.map(({id, unit}) => ({id, isNumber: !isText(unit)})),
		valuesOf(id) {
			const column = columns.find(known => known.id === id);
			const values = new Set<string>();
			for (const row of rows()) {
				const value = column?.value(row, nowMs);
				if (typeof value === 'string') {
					values.add(value);
				}
			}

			return [...values];
		},
		labels: () =>
			rows().flatMap(row => Object.entries(labelsOf(row) ?? {}).map(([name, value]) => `${name}=${value}`)),
	};
}

/** The candidates for the word before the cursor of the filter line. */
export function completionsOf({mode}: ScreenState, view: View | undefined, nowMs: number): readonly string[] {
	return mode.kind === 'filter'
		? completeFilter(mode.line.text, mode.line.cursor, vocabularyOf(view, nowMs)).words
		: [];
}
