import {nameInCluster} from '../../../metrics/model/cluster-of-row.ts';
import type {Column} from '../../../metrics/model/column.ts';
import type {Row, SeriesName} from '../../../metrics/model/row.ts';
import type {HistoryWindow} from '../../../metrics/model/view.ts';
import type {Tier} from '../../format/chart.ts';
import type {Theme} from '../../theme/theme.ts';

/** Rows of a table whose past is drawn: one chart each, or together in one. */
export type ChartedRows = {
	readonly column: Column<Row>;
	readonly series: SeriesName;
	/** The rows on the screen, the index of the first of them, and that of the selected one. */
	readonly rows: readonly Row[];
	readonly first: number;
	readonly selected: number;
	readonly marked: ReadonlySet<string>;
	/** The window of a chart with this number of points. */
	readonly windowOf: (points: number) => HistoryWindow;
	readonly windowLabel: string;
	readonly history: (row: Row, series: SeriesName, window: HistoryWindow) => Float64Array;
	/** The top of the axis, which must hold `highest`. */
	readonly topOf: (highest: number) => number;
	readonly theme: Theme;
	readonly tier: Tier;
	readonly width: number;
};

/** The highest known value; 0 if there is none. */
export function highestOf(values: Float64Array): number {
	let highest = 0;
	for (const value of values) {
		highest = value > highest && Number.isFinite(value) ? value : highest;
	}

	return highest;
}

/** Names of containers are the same in all pods of a workload. */
export function chartedName(row: Row): string {
	const name = row.kind === 'container' && row.pod !== undefined ? `${row.pod.name}/${row.name}` : row.name;
	return nameInCluster(row, name);
}
