import {useStore, useTerminal, useTheme} from '../contexts.ts';
import {emptyLine} from '../draw/table/empty-line.ts';
import {comparisonLines} from '../draw/wall/comparison-lines.ts';
import {QUANTITIES} from '../format/chart-kinds.ts';
import type {Shown} from '../hooks/use-shown.ts';
import type {ShownComparison} from '../view/shown-comparison.ts';
import {Lines} from './lines.tsx';

/** The first rows of a table as lines of one chart. */
export function ComparisonPane({
	shown,
	comparison,
}: {
	readonly shown: Shown;
	readonly comparison: ShownComparison;
}) {
	const {scales} = useStore();
	const {tier} = useTerminal();
	const theme = useTheme();
	const {state, source, nowMs, columns: width, areas, window, seamOf} = shown;
	const {view, series} = comparison;
	const lines =
		view.rows.length === 0
			? [emptyLine(view, width, theme)]
			: comparisonLines({
					...comparison,
					count: view.rows.length,
					marked: state.marked,
					windowOf: window.windowOf,
					windowLabel: window.label,
					seamOf,
					history: source.history,
					topOf: highest => scales.topOf(`comparison/${series}`, highest, QUANTITIES[series].steps, nowMs),
					nowMs,
					theme,
					tier,
					width,
					height: areas.table,
				});
	return <Lines lines={lines} height={areas.table} />;
}
