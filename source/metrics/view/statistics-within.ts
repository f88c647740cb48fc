import type {Row} from '../model/row.ts';
import type {StatisticSeries, StatisticsOf} from '../model/statistics.ts';
import type {Cursor, Source, Span} from '../model/view.ts';

/** Makes statistics of a row within a span ready as long as there is time; returns whether they are. */
export type StatisticsAdvance = (
	row: Row,
	series: StatisticSeries,
	span: Span,
	hasTime: () => boolean,
) => boolean;

/** The statistics of a source's rows in a window that ends at a cursor; undefined without a window. */
export function statisticsWithin(
	source: Pick<Source, 'statistics'>,
	windowMs: number | undefined,
	cursor: Cursor,
	advance?: StatisticsAdvance,
): StatisticsOf | undefined {
	if (windowMs === undefined) {
		return undefined;
	}

	const spanAt = (nowMs: number): Span => {
		const newestMs = cursor === 'live' ? nowMs : cursor.atMs;
		return {oldestMs: newestMs - windowMs, newestMs};
	};
	const statistics: StatisticsOf = (row, series, nowMs) => source.statistics(row, series, spanAt(nowMs));
	return advance === undefined
		? statistics
		: Object.assign(statistics, {
				advance: ((row, series, nowMs, hasTime) =>
					advance(row, series, spanAt(nowMs), hasTime)) satisfies StatisticsOf['advance'],
			});
}
