import type {StatisticsOf} from '../model/statistics.ts';
import type {Cursor, Source} from '../model/view.ts';

/** The statistics of a source's rows in a window that ends at a cursor; undefined without a window. */
export function statisticsWithin(
	source: Pick<Source, 'statistics'>,
	windowMs: number | undefined,
	cursor: Cursor,
): StatisticsOf | undefined {
	return windowMs === undefined
		? undefined
		: (row, series, nowMs) => {
				const newestMs = cursor === 'live' ? nowMs : cursor.atMs;
				return source.statistics(row, series, {oldestMs: newestMs - windowMs, newestMs});
			};
}
