import {objectOfRow} from '../../metrics/model/object-of-row.ts';
import type {ProblemRow, Row} from '../../metrics/model/row.ts';
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
	/** Problems, critical first; none where the table itself lists them. */
	readonly problems: readonly ProblemRow[];
};

/** Rows of a larger namespace are not sorted with each sample only to show the first few. */
const MOST_PODS = 2000;

export type PreviewOptions = {
	readonly source: Source;
	readonly nowMs: number;
	readonly tables: TableCache;
	/** The length of the window that statistics cover. */
	readonly windowMs?: number | undefined;
};

export function previewOf(
	state: ScreenState,
	view: View | undefined,
	{source, nowMs, tables, windowMs}: PreviewOptions,
): Preview | undefined {
	const row = view && selectedRow(state, view.rows);
	if (row === undefined) {
		return undefined;
	}

	const page = currentPage(state);
	const {namespaces} = page.scope;
	const problems = page.level === 'problems' ? [] : tables.problems(namespaces, state, source, nowMs);
	const opened = pageOf(row, state.memory, page);
	if (opened?.level === undefined || objectOfRow(row).kind === 'process' || isLarge(row)) {
		return {row, inner: undefined, problems};
	}

	const {level, scope, sort} = opened;
	const inner = tables.preview({level, scope, sort, windowMs}, state, source, nowMs);
	return {row, problems, inner: inner.rows.length === 0 ? undefined : {view: inner, sort}};
}

function isLarge(row: Row): boolean {
	const object = objectOfRow(row);
	return object.kind === 'namespace' && object.podCount > MOST_PODS;
}
