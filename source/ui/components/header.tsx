import {useStore, useTheme} from '../contexts.ts';
import {drawHeader} from '../draw/header.ts';
import type {Shown} from '../hooks/use-shown.ts';
import {TimedLines} from './timed-lines.tsx';

/** The cluster and the age of its data, and its totals with sparklines. */
export function Header({shown}: {readonly shown: Shown}) {
	const {feed, tables} = useStore();
	const theme = useTheme();
	const {state, source, columns, cluster, window, span, areas} = shown;
	const linesAt = (nowMs: number): readonly string[] =>
		drawHeader({
			label: feed.label(),
			past: feed.past?.status(),
			speed: feed.playback?.speed(),
			isDemo: feed.isDemo,
			cluster,
			cursor: state.cursor,
			intervalMs: feed.intervalMs(),
			overrunMs: feed.polling?.overrunMs(),
			newestMs: span?.newestMs,
			nowMs,
			width: columns,
			theme,
			windowOf: window.windowOf,
			history: (series, of) => tables.clusterHistory(source, series, of, nowMs),
		});
	return <TimedLines linesAt={linesAt} height={areas.header} />;
}
