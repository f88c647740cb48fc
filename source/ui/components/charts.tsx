import type {Subject} from '../../metrics/model/row.ts';
import {useStore, useTerminal, useTheme} from '../contexts.ts';
import {drawCharts} from '../draw/charts.ts';
import type {Shown} from '../hooks/use-shown.ts';
import {currentPage} from '../state/page.ts';
import {Lines} from './lines.tsx';

export type ChartsProps = {readonly shown: Shown; readonly subject: Subject; readonly height: number};

/** The charts of an object: side by side above a table, one below the other on a page of their own. */
export function Charts({shown, subject, height}: ChartsProps) {
	const {feed, scales} = useStore();
	const {tier} = useTerminal();
	const theme = useTheme();
	const {state, source, nowMs, columns, window, seamOf} = shown;
	const lines = drawCharts(
		{
			row: subject,
			width: columns,
			height,
			theme,
			tier,
			nowMs,
			windowOf: window.chartWindowOf,
			windowLabel: window.label,
			seamOf,
			scaleOf: (key, highest, steps) => scales.topOf(key, highest, steps, nowMs),
			cursorMs: state.cursor === 'live' ? undefined : state.cursor.atMs,
			storeLabel: feed.past?.status().label,
			history: (series, of) =>
				subject.kind === 'cluster' ? source.clusterHistory(series, of) : source.history(subject, series, of),
		},
		currentPage(state).level === undefined,
	);
	return <Lines lines={lines} height={height} />;
}
