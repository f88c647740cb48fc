import {Box} from 'ink';
import {useStore, useTheme} from '../contexts.ts';
import {emptyLine} from '../draw/table/empty-line.ts';
import {headingLine} from '../draw/table/heading-line.ts';
import type {Shown} from '../hooks/use-shown.ts';
import {currentPage} from '../state/page.ts';
import type {ShownTable} from '../view/shown-table.ts';
import {clockTick} from '../view/table-cache.ts';
import {rowOfLine} from '../view/table-window.ts';
import {Line} from './line.tsx';
import {TableRow} from './table-row.tsx';

/** The headings and the rows on the screen. */
export function Table({shown, table}: {readonly shown: Shown; readonly table: ShownTable}) {
	const {feed} = useStore();
	const theme = useTheme();
	const {state, source, nowMs, columns, areas, seamOf} = shown;
	const {view, layout, rows, window} = table;
	const {windowOf, label} = shown.window;
	const {sort} = currentPage(state);
	const options = {
		theme,
		staleAfterMs: feed.staleAfterMs(),
		windowOf,
		history: source.history,
	};
	const placed = layout.columns.map(({id, series, cells}) => [id, cells, series && windowOf(cells)]);
	const layoutKey = JSON.stringify([layout.width, placed, clockTick(nowMs)]);
	return (
		<Box flexDirection="column" height={areas.table} flexShrink={0} overflow="hidden">
			<Line
				text={headingLine(layout, {level: view.level, sort, theme, windowLabel: label, windowOf, seamOf})}
			/>
			{rows.map((row, line) => (
				<TableRow
					key={row.id}
					layout={layout}
					view={view}
					row={row}
					isSelected={rowOfLine(line, window) === window.selected}
					isMarked={state.marked.has(row.id)}
					cursor={state.cursor}
					options={options}
					layoutKey={layoutKey}
				/>
			))}
			{view.rows.length === 0 && <Line text={emptyLine(view, columns, theme)} />}
		</Box>
	);
}
