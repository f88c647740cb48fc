import type {Row} from '../../metrics/model/row.ts';
import type {Source, View} from '../../metrics/model/view.ts';
import {pageOf} from '../state/navigation.ts';
import {currentPage} from '../state/page.ts';
import type {ScreenState} from '../state/screen-state.ts';
import {selectedRow} from '../state/selection.ts';
import type {SortOrder} from '../state/sort-order.ts';
import type {TableCache} from './table-cache.ts';

/** The selected row, and the table that its page would show. */
export type Preview = {
	readonly row: Row;
	/** Undefined if nothing is in the row, or too much to sort it for a preview. */
	readonly inner: {readonly view: View; readonly sort: SortOrder} | undefined;
};

/** Rows of a larger namespace are not sorted with each sample only to show the first few. */
const MOST_PODS = 2000;

export function previewOf(
	state: ScreenState,
	view: View | undefined,
	{source, nowMs, tables}: {readonly source: Source; readonly nowMs: number; readonly tables: TableCache},
): Preview | undefined {
	const row = view && selectedRow(state, view.rows);
	if (row === undefined) {
		return undefined;
	}

	const {level, scope, sort} = pageOf(row, state.memory, currentPage(state));
	if (level === undefined || isLarge(row)) {
		return {row, inner: undefined};
	}

	const inner = tables.preview({level, scope, sort}, state, source, nowMs);
	return {row, inner: inner.rows.length === 0 ? undefined : {view: inner, sort}};
}

function isLarge(row: Row): boolean {
	return row.kind === 'tree' ? isLarge(row.of) : row.kind === 'namespace' && row.podCount > MOST_PODS;
}
