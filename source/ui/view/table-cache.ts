import type {ListCounts} from '../../metrics/model/counts.ts';
import type {Row} from '../../metrics/model/row.ts';
import type {Query, Source, View} from '../../metrics/model/view.ts';
import {currentPage} from '../state/page.ts';
import type {ScreenState} from '../state/screen-state.ts';

/** How often sums are made anew though nothing came in: samples grow stale by time alone, and half a minute takes that. */
const CLOCK_MS = 5000;

/**
 * The table of the current page, computed once for each change of the data, the query or the moment: moving the
 * selection over 150,000 rows sorts nothing.
 */
export class TableCache {
	#key = '';
	#view: View | undefined;
	#clusterKey = '';
	#cluster: ReturnType<Source['cluster']> | undefined;
	#countsKey = '';
	#counts: ListCounts | undefined;

	view(state: ScreenState, source: Source, nowMs: number): View | undefined {
		const {level, scope, sort, filter, tree} = currentPage(state);
		if (level === undefined) {
			return undefined;
		}

		const query: Query = {level, scope, sort, filter, ...(level === 'tree' ? {tree} : {})};
		const shape = level === 'tree' ? [tree.by, ...tree.open] : [];
		const key = JSON.stringify([source.version, query, shape, state.cursor, ...state.marked]);
		if (key !== this.#key || this.#view === undefined) {
			this.#key = key;
			this.#view = markedFirst(source.view(query, state.cursor, nowMs), state.marked);
		}

		return this.#view;
	}

	cluster(state: ScreenState, source: Source, nowMs: number): ReturnType<Source['cluster']> {
		const key = JSON.stringify([
			source.version,
			state.cursor,
			state.cursor === 'live' ? Math.floor(nowMs / CLOCK_MS) : 0,
		]);
		if (key !== this.#clusterKey || this.#cluster === undefined) {
			this.#clusterKey = key;
			this.#cluster = source.cluster(state.cursor, nowMs);
		}

		return this.#cluster;
	}

	counts(state: ScreenState, source: Source, nowMs: number): ListCounts {
		const {namespace} = currentPage(state).scope;
		const key = JSON.stringify([source.version, state.cursor, namespace]);
		if (key !== this.#countsKey || this.#counts === undefined) {
			this.#countsKey = key;
			this.#counts = source.counts(namespace, state.cursor, nowMs);
		}

		return this.#counts;
	}
}

/** Marked rows stay on top, in their order among themselves; a tree keeps its branches together. */
function markedFirst(view: View, marked: ReadonlySet<string>): View {
	if (marked.size === 0 || view.level === 'tree') {
		return view;
	}

	const isMarked = (row: Row): boolean => marked.has(row.id);
	const rows: readonly Row[] = view.rows;
	return {
		...view,
		rows: [...rows.filter(isMarked), ...rows.filter(row => !isMarked(row))],
	} as View;
}
