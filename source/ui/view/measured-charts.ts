import {objectOfRow} from '../../metrics/model/object-of-row.ts';
import type {SeriesName, Subject} from '../../metrics/model/row.ts';
import type {Cursor} from '../../metrics/model/view.ts';
import {type ChartKind, chartsOf, chartsWithValues} from '../format/chart-kinds.ts';

/** The charts of an object: those to draw, and those without any value, which are one line. */
export type MeasuredCharts = {
	readonly drawn: readonly ChartKind[];
	readonly unmeasured: readonly ChartKind[];
};

/**
 * Looks into the window of a node, pod or container. Sums are always drawn: to look into those of a large namespace
 * costs as much as to draw them. So is the past, in which a window without values lies between others.
 */
export function measuredCharts(
	subject: Subject,
	cursor: Cursor,
	valuesOf: (series: SeriesName) => Float64Array,
): MeasuredCharts {
	const all = chartsOf(subject);
	const {kind} = objectOfRow(subject);
	if (cursor !== 'live' || kind === 'cluster' || kind === 'namespace' || kind === 'workload') {
		return {drawn: all, unmeasured: []};
	}

	const drawn = chartsWithValues(subject, valuesOf);
	const titles = new Set(drawn.map(({title}) => title));
	return {drawn, unmeasured: all.filter(({title}) => !titles.has(title))};
}
