import {Box} from 'ink';
import type {Row} from '../../metrics/model/row.ts';
import type {View} from '../../metrics/model/view.ts';
import {whyNoProcesses} from '../../metrics/reasons/no-processes.ts';
import {useStore, useTheme} from '../contexts.ts';
import {emptyLine} from '../draw/table/empty-line.ts';
import {headingLine} from '../draw/table/heading-line.ts';
import type {TableLayout} from '../draw/table/table-layout.ts';
import {timeDependentText} from '../draw/table/time-dependent-text.ts';
import type {Shown} from '../hooks/use-shown.ts';
import type {SortOrder} from '../state/sort-order.ts';
import {momentMs} from '../view/shown-window.ts';
import {Line} from './line.tsx';
import {TableRow} from './table-row.tsx';

export type TableLinesProps = {
	readonly shown: Shown;
	readonly view: View;
	readonly layout: TableLayout;
	/** The rows below the headings, from top to bottom. */
	readonly rows: readonly Row[];
	readonly sort: SortOrder;
	/** The line of the selected row; undefined if none is selected. */
	readonly selectedLine: number | undefined;
	readonly height: number;
};

/** Headings and rows. */
export function TableLines({shown, view, layout, rows, sort, selectedLine, height}: TableLinesProps) {
	const {feed, tables} = useStore();
	const theme = useTheme();
	const {state, source, nowMs, columns, seamOf} = shown;
	const {windowOf, label} = shown.window;
	const options = {
		theme,
		staleAfterMs: feed.staleAfterMs(),
		windowOf,
		history: source.history,
	};
	const freshness = {nowMs, atMs: momentMs(state.cursor, nowMs), staleAfterMs: options.staleAfterMs};
	const placed = layout.columns.map(({id, series, cells}) => [id, cells, series && windowOf(cells)]);
	const layoutKey = JSON.stringify([layout.width, placed, tables.sinceMs(source, nowMs)]);
	// Rows of another cluster may have the same ids, and are not compared with those before.
	const context = feed.contexts?.current() ?? '';
	const whyNone = (): string | undefined =>
		view.level === 'processes'
			? whyNoProcesses(source.rows('nodes', {}, state.cursor, nowMs), feed.listsProcesses?.() === true)
			: undefined;
	return (
		<Box flexDirection="column" height={height} flexShrink={0} overflow="hidden">
			<Line
				text={headingLine(layout, {level: view.level, sort, theme, windowLabel: label, windowOf, seamOf})}
			/>
			{rows.map((row, line) => (
				<TableRow
					key={`${context} ${row.id}`}
					layout={layout}
					view={view}
					row={row}
					isSelected={line === selectedLine}
					isMarked={state.marked.has(row.id)}
					cursor={state.cursor}
					options={options}
					layoutKey={layoutKey}
					timeKey={timeDependentText(layout, row, freshness)}
				/>
			))}
			{view.rows.length === 0 && <Line text={emptyLine(view, columns, theme, whyNone())} />}
		</Box>
	);
}
