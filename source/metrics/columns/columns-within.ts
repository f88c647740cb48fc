import type {Column} from '../model/column.ts';
import type {Row} from '../model/row.ts';
import {MIN_SAMPLES, type StatisticsOf} from '../model/statistics.ts';
import type {Level, RowOf} from '../model/view.ts';
import {columnsOf} from './columns.ts';

/** The columns of a level, whose statistics are those of a window; without one, the others alone. */
export function columnsWithin<L extends Level>(
	level: L,
	statistics: StatisticsOf | undefined,
): ReadonlyArray<Column<RowOf[L]>> {
	const columns: ReadonlyArray<Column<RowOf[L]>> = columnsOf(level);
	return statistics === undefined
		? columns.filter(({ofWindow}) => ofWindow === undefined)
		: columns.map(column => within(column, statistics));
}

function within<R extends Row>(column: Column<R>, statisticsOf: StatisticsOf): Column<R> {
	const {ofWindow} = column;
	return ofWindow === undefined
		? column
		: {
				...column,
				value(row, nowMs) {
					const statistics = statisticsOf(row, ofWindow.series, nowMs);
					return statistics === undefined || statistics.samples < MIN_SAMPLES
						? undefined
						: ofWindow.of(statistics, row);
				},
			};
}
