import type {Source} from '../model/view.ts';

/**
 * A source whose `version` changes only when its answers are to be read again. `source()` may give another source at each
 * question.
 */
export function publishedSource(source: () => Source, version: () => number): Source {
	return {
		get version() {
			return version();
		},
		view: (query, cursor, nowMs) => source().view(query, cursor, nowMs),
		prepare: hasTime => source().prepare?.(hasTime) ?? 'nothing',
		freeze: nowMs => source().freeze?.(nowMs),
		cluster: (cursor, nowMs) => source().cluster(cursor, nowMs),
		counts: (namespaces, cursor, nowMs) => source().counts(namespaces, cursor, nowMs),
		rows: (level, scope, cursor, nowMs) => source().rows(level, scope, cursor, nowMs),
		find: (level, id, cursor, nowMs) => source().find(level, id, cursor, nowMs),
		history: (row, series, window) => source().history(row, series, window),
		statistics: (row, series, span) => source().statistics(row, series, span),
		clusterHistory: (series, window) => source().clusterHistory(series, window),
		span: () => source().span(),
	};
}
