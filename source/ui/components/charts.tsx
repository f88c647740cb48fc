import {Box} from 'ink';
import {objectOfRow} from '../../metrics/model/object-of-row.ts';
import type {Subject} from '../../metrics/model/row.ts';
import {statisticsWithin} from '../../metrics/view/statistics-within.ts';
import {useStore, useTerminal, useTheme} from '../contexts.ts';
import type {ChartReadingOptions} from '../draw/chart-reading.ts';
import {chartGrid} from '../format/chart-grid.ts';
import type {ChartKind} from '../format/chart-kinds.ts';
import type {Shown} from '../hooks/use-shown.ts';
import {Chart} from './chart.tsx';

export type ChartsProps = {
	readonly shown: Shown;
	readonly subject: Subject;
	readonly charts: readonly ChartKind[];
	readonly height: number;
	/** Whether they are below each other instead of side by side. */
	readonly isStacked: boolean;
};

/** Charts of an object. */
export function Charts({shown, subject, charts, height, isStacked}: ChartsProps) {
	const {feed, scales} = useStore();
	const {tier} = useTerminal();
	const theme = useTheme();
	const {state, source, nowMs, columns, window, seamOf} = shown;
	const options: ChartReadingOptions = {
		row: subject,
		theme,
		tier,
		nowMs,
		windowOf: window.chartWindowOf,
		windowLabel: window.label,
		seamOf,
		scaleOf: (key, highest, steps) => scales.topOf(key, highest, steps, nowMs),
		cursorMs: state.cursor === 'live' ? undefined : state.cursor.atMs,
		storeLabel: feed.past?.status().label,
		keptInstead: series => {
			const {kind} = objectOfRow(subject);
			return kind === 'workload' || kind === 'group' || kind === 'process'
				? undefined
				: feed.past?.keptInstead(kind, series);
		},
		statistics: series =>
			subject.kind === 'cluster'
				? undefined
				: statisticsWithin(source, window.windowMs, state.cursor)?.(subject, series, nowMs),
		history: (series, of) =>
			subject.kind === 'cluster' ? source.clusterHistory(series, of) : source.history(subject, series, of),
	};
	const rows = chartGrid(charts, {width: columns, height}, isStacked);
	return (
		<Box flexDirection="column" height={height} flexShrink={0} overflow="hidden">
			{rows.map(({cells, gap, height: lines}) => (
				<Box key={cells[0]?.chart.title} columnGap={gap} height={lines} flexShrink={0}>
					{cells.map(({chart, width}) => (
						<Chart key={chart.title} kind={chart} options={options} width={width} height={lines} />
					))}
				</Box>
			))}
		</Box>
	);
}
