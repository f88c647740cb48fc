import {columnsWithin} from '../columns/columns-within.ts';
import type {StatisticsOf} from '../model/statistics.ts';
import type {PrintedLevel, Query, RowOf, View} from '../model/view.ts';
import {parseFilter} from './filter.ts';
import {sortRows} from './sort-rows.ts';

/** Filters and sorts one level's rows; the default order is by CPU, busiest first. */
export function selectRows<L extends PrintedLevel>(
	query: Query<L>,
	rows: ReadonlyArray<RowOf[L]>,
	nowMs: number,
	atMs: number,
	statistics?: StatisticsOf,
): View<L> {
	const columns = columnsWithin(query.level, statistics);
	const filter = parseFilter<RowOf[L]>(query.filter ?? '', columns);
	const kept =
		filter.kind === 'ok' && (query.filter ?? '') !== '' ? rows.filter(row => filter.test(row, nowMs)) : rows;
	return {
		level: query.level,
		columns,
		rows: sortRows(columns, query.sort, kept, nowMs),
		total: rows.length,
		atMs,
	};
}
