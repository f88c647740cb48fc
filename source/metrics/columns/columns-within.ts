import type {Column} from '../model/column.ts';
import type {Row} from '../model/row.ts';
import {MIN_SAMPLES, type StatisticSeries, type Statistics, type StatisticsOf} from '../model/statistics.ts';
import type {Level, RowOf} from '../model/view.ts';
import {columnsOf} from './columns.ts';

/** The columns of a level, with statistics of a window; without a window, only the others. */
export function columnsWithin<L extends Level>(
	level: L,
	statistics: StatisticsOf | undefined,
): ReadonlyArray<Column<RowOf[L]>> {
	const columns: ReadonlyArray<Column<RowOf[L]>> = columnsOf(level);
	if (statistics === undefined) {
		return columns.filter(({ofWindow}) => ofWindow === undefined);
	}

	const cpu = rememberingLast(statistics, 'cpuCores');
	const memory = rememberingLast(statistics, 'memoryWorkingSetBytes');
	return columns.map(column =>
		within(column, column.ofWindow?.series === 'memoryWorkingSetBytes' ? memory : cpu, statistics.advance),
	);
}

type OfRow = (row: Row, nowMs: number) => Statistics | undefined;

/** Columns are asked row by row: the statistics of one are made once for all of its columns. */
function rememberingLast(statistics: StatisticsOf, series: StatisticSeries): OfRow {
	let last: {readonly row: Row; readonly nowMs: number; readonly of: Statistics | undefined} | undefined;
	return (row, nowMs) => {
		if (last?.row !== row || last.nowMs !== nowMs) {
			last = {row, nowMs, of: statistics(row, series, nowMs)};
		}

		return last.of;
	};
}

function within<R extends Row>(
	column: Column<R>,
	statisticsOf: OfRow,
	advance: StatisticsOf['advance'],
): Column<R> {
	const {ofWindow} = column;
	return ofWindow === undefined
		? column
		: {
				...column,
				...(advance && {
					advance: (row, nowMs, hasTime) => advance(row, ofWindow.series, nowMs, hasTime),
				}),
				value(row, nowMs) {
					const statistics = statisticsOf(row, nowMs);
					return statistics === undefined || statistics.samples < MIN_SAMPLES
						? undefined
						: ofWindow.of(statistics, row);
				},
			};
}
