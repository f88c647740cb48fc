import {useStore, useTheme} from '../contexts.ts';
import {factsWithin} from '../draw/facts.ts';
import {previewTitle} from '../draw/preview-title.ts';
import {problemLines} from '../draw/problem-lines.ts';
import {tableLayout} from '../draw/table/table-layout.ts';
import {chartsWithValues} from '../format/chart-kinds.ts';
import type {Shown} from '../hooks/use-shown.ts';
import type {Preview as PreviewOf} from '../view/preview.ts';
import {previewAreas} from '../view/preview-areas.ts';
import {Charts} from './charts.tsx';
import {Lines} from './lines.tsx';
import {TableLines} from './table-lines.tsx';
import {TimedLines} from './timed-lines.tsx';

export type PreviewProps = {readonly shown: Shown; readonly preview: PreviewOf; readonly height: number};

/** Below a short table: facts and charts of the selected row, the first rows of the table in it, and what is wrong. */
export function Preview({shown, preview: {row, inner, problems}, height}: PreviewProps) {
	const theme = useTheme();
	const {feed} = useStore();
	const {source, columns, nowMs, state, window} = shown;
	const charts = chartsWithValues(row, series => source.history(row, series, window.chartWindowOf(columns)));
	const areas = previewAreas(height - 1, {
		hasCharts: charts.length > 0,
		tableRows: inner?.view.rows.length ?? 0,
		problems: problems.length,
	});
	const factsAt = (atMs: number): readonly string[] =>
		factsWithin({row, nowMs: atMs, width: columns, height: areas.facts, theme});
	const facts = factsAt(nowMs);
	const factLines = facts.length;
	const chartLines = charts.length === 0 ? 0 : areas.charts + areas.facts - factLines;
	const rows = inner?.view.rows.slice(0, areas.table - 1) ?? [];
	return (
		<>
			<Lines lines={[previewTitle(row, columns, theme)]} height={1} />
			{factLines > 0 && (
				<TimedLines linesAt={atMs => (atMs === nowMs ? facts : factsAt(atMs))} height={factLines} />
			)}
			{chartLines > 0 && (
				<Charts shown={shown} subject={row} charts={charts} height={chartLines} isStacked={true} />
			)}
			{inner !== undefined && areas.table > 0 && (
				<TableLines
					shown={shown}
					view={inner.view}
					layout={tableLayout(inner.view, rows, {
						width: columns,
						hasInventory: feed.hasInventory(),
						hasClusters: feed.hasClusters?.() === true,
						chosen: state.memory.columns[inner.view.level],
						isWide: state.isWide,
						hasStatistics: state.hasStatistics,
						sortedBy: inner.sort.column,
					})}
					rows={rows}
					sort={inner.sort}
					selectedLine={undefined}
					height={areas.table}
				/>
			)}
			{areas.problems > 0 && (
				<Lines lines={problemLines(problems, columns, areas.problems, theme)} height={areas.problems} />
			)}
		</>
	);
}
