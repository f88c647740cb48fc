import {useStore, useTheme} from '../contexts.ts';
import {drawTitle, drawTotals} from '../draw/header.ts';
import type {Shown} from '../hooks/use-shown.ts';
import {Lines} from './lines.tsx';
import {TimedLines} from './timed-lines.tsx';

/** The cluster and the age of its data, and its totals with sparklines. */
export function Header({shown}: {readonly shown: Shown}) {
	const {feed, tables} = useStore();
	const theme = useTheme();
	const {state, source, columns: width, nowMs: shownAtMs, cluster, window, span, areas} = shown;
	const titleAt = (nowMs: number): readonly string[] => [
		drawTitle({
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
			width,
			theme,
		}),
	];
	const totals = (): readonly string[] =>
		drawTotals({
			cluster,
			width,
			theme,
			windowOf: window.windowOf,
			history: (series, of) => tables.clusterHistory(source, series, of, shownAtMs),
		});
	return (
		<>
			{areas.header > 0 && <TimedLines linesAt={titleAt} height={1} />}
			{areas.header > 1 && <Lines lines={totals()} height={areas.header - 1} />}
		</>
	);
}
