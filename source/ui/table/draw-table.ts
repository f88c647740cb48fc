import type {Column} from '../../metrics/column.ts';
import type {NodeRow, Row, SeriesName, TreeRow} from '../../metrics/row.ts';
import type {HistoryWindow, View} from '../../metrics/view.ts';
import {formatDuration} from '../format/numbers.ts';
import {scaleOf, sparkline} from '../format/sparkline.ts';
import {fitName, fitText} from '../format/width.ts';
import type {SortOrder} from '../state/sort-order.ts';
import {rowOfLine, rowsInWindow, type TableWindow} from '../table-window.ts';
import type {Style, Theme} from '../theme/theme.ts';
import {type Cell, cellOf} from './cell.ts';
import {type DisplayColumn, GAP, type LaidOut, layOut, SPARE_RANK} from './display-columns.ts';
import {emptyColumns} from './empty-columns.ts';
import {nameWidths} from './name-widths.ts';
import {styleOfStatus} from './status-style.ts';
import {type ColumnWishes, wantedColumns} from './wanted-columns.ts';

export type TableOptions = ColumnWishes &
	TableWindow & {
		/** Ids of rows that stay on top. */
		readonly marked: ReadonlySet<string>;
		readonly view: View;
		readonly sort: SortOrder;
		readonly width: number;
		/** Rows, without the line of headings. */
		readonly height: number;
		readonly nowMs: number;
		readonly staleAfterMs: number;
		readonly theme: Theme;
		/** The window in which a sparkline of so many cells looks back. */
		readonly windowOf: (points: number) => HistoryWindow;
		readonly windowLabel: string;
		/** The first cell of a sparkline that ktop filled itself, where those before it are from a store. */
		readonly seamOf: (window: HistoryWindow) => number | undefined;
		readonly history: (row: Row, series: SeriesName, window: HistoryWindow) => Float64Array;
	};

/** Columns of names that are long and differ at their ends. */
const NAMES: ReadonlySet<string> = new Set(['name', 'pod', 'workload']);

/** The mark before the selected row. */
const MARK = 2;

/** `403 needs nodes/metrics` is the longest reason that is common, and this the least width that has room for it. */
const REASON_CELLS = 23;
const REASON_LEAST_WIDTH = 100;

/** The least that a sparkline's full height stands for, so that idle things look idle. */
const LEAST_SCALE: Readonly<Record<SeriesName, number>> = {
	cpuCores: 0.02,
	memoryWorkingSetBytes: 2 ** 20,
	memoryRssBytes: 2 ** 20,
	rxBytesPerSecond: 1000,
	txBytesPerSecond: 1000,
	filesystemUsedBytes: 2 ** 20,
	throttledRatio: 0.01,
};

/** The headings and `height` rows, each exactly `width` cells. Only rows on the screen are formatted. */
export function drawTable(options: TableOptions): readonly string[] {
	const {view, width, height, theme} = options;
	const shown = rowsInWindow<Row>(view.rows, options, height);
	const layout = layoutOf(options, shown);
	const columns = new Map<string, Column<Row>>(
		// A view's columns read that view's rows; drawn together here, they always belong together.
		view.columns.map(column => [column.id, column as unknown as Column<Row>]),
	);
	const lines = [headings(layout, columns, options)];
	for (const [index, row] of shown.entries()) {
		lines.push(drawRow(row, layout, columns, options, rowOfLine(index, options) === options.selected));
	}

	if (view.rows.length === 0) {
		lines.push(theme.paint('dim', fitText(emptyText(view), width, false, theme.ellipsis)));
	}

	while (lines.length < height + 1) {
		lines.push(' '.repeat(width));
	}

	return lines;
}

/** The columns that there is room for, with their cells; `shown` are the rows on the screen. */
export function layoutOf(
	options: ColumnWishes & Pick<TableOptions, 'view' | 'width'>,
	shown: readonly Row[],
): readonly LaidOut[] {
	const {view, width} = options;
	const empty = emptyColumns(view);
	const wanted = wantedColumns(view.level, options).filter(
		({id, rank}) => rank < SPARE_RANK || !empty.has(id),
	);
	return layOut(withRoomForReasons(wanted, shown, width), width - MARK, nameWidths(view));
}

/** The id of the column whose heading is at a cell of the line; undefined for a sparkline's, and between them. */
export function columnAt(
	cell: number,
	options: ColumnWishes & Pick<TableOptions, 'view' | 'width'>,
): string | undefined {
	let start = MARK;
	for (const {id, series, cells} of layoutOf(options, options.view.rows)) {
		if (cell >= start && cell < start + cells) {
			return series === undefined ? id : undefined;
		}

		start += cells + GAP;
	}

	return undefined;
}

/** Where a node on the screen is missing, the reason is worth more than one more sparkline. */
function withRoomForReasons(
	columns: readonly DisplayColumn[],
	rows: readonly Row[],
	width: number,
): readonly DisplayColumn[] {
	const hasFailed = rows.some(
		row => row.kind === 'node' && (row.state.kind === 'failed' || row.state.kind === 'stored'),
	);
	return hasFailed && width >= REASON_LEAST_WIDTH
		? columns.map(column => (column.id === 'state' ? {...column, width: REASON_CELLS} : column))
		: columns;
}

function emptyText(view: View): string {
	return view.total > 0
		? `  none of ${view.total} ${view.level} matches the filter; Esc clears it`
		: `  no ${view.level} here`;
}

function headings(
	layout: readonly LaidOut[],
	columns: ReadonlyMap<string, Column<Row>>,
	{sort, theme, windowLabel, windowOf, seamOf, width}: TableOptions,
): string {
	const arrow = sort.isDescending
		? theme.symbols === 'unicode'
			? '▼'
			: 'v'
		: theme.symbols === 'unicode'
			? '▲'
			: '^';
	const cells = layout.map(({id, series, cells: room}) => {
		if (series !== undefined) {
			return withSeam(fitText(windowLabel, room, false, theme.ellipsis), seamOf(windowOf(room)), theme);
		}

		const column = columns.get(id);
		const heading = column?.heading ?? id;
		const isRight = column?.unit !== 'text' && column?.unit !== 'state';
		const isSorted = id === sort.column && heading.length < room;
		return fitText(isSorted ? `${heading}${arrow}` : heading, room, isRight, theme.ellipsis);
	});
	// Where a heading fills its column the mark of the order stands in the gap behind it.
	const gaps = layout.map(({id, cells: room}) =>
		id === sort.column && (columns.get(id)?.heading.length ?? 0) >= room ? arrow : ' '.repeat(GAP),
	);
	const line = cells
		.map((cell, index) => cell + (gaps[index] ?? ''))
		.join('')
		.trimEnd();
	return theme.paint('heading', fitText(' '.repeat(MARK) + line, width, false, theme.ellipsis));
}

/** A mark above the cell where what ktop has seen itself begins. */
function withSeam(heading: string, cell: number | undefined, theme: Theme): string {
	return cell === undefined || heading[cell] !== ' '
		? heading
		: `${heading.slice(0, cell)}${theme.symbols === 'unicode' ? '┊' : ':'}${heading.slice(cell + 1)}`;
}

function drawRow(
	row: Row,
	layout: readonly LaidOut[],
	columns: ReadonlyMap<string, Column<Row>>,
	options: TableOptions,
	isSelected: boolean,
): string {
	const {theme, width} = options;
	const isStale = isOld(row, options);
	const parts = layout.map(({id, series, cells: room}) => {
		if (series !== undefined) {
			const values = options.history(row, series, options.windowOf(room));
			const scale = scaleFor(row, series, values);
			return {
				text: fitText(sparkline(values, scale, theme.symbols), room, true, ''),
				style: 'accent' as Style,
			};
		}

		const column = columns.get(id);
		const cell = column === undefined ? undefined : stateCell(row, column, options);
		return {
			text: NAMES.has(id)
				? fitName(cell?.text ?? '', room, theme.ellipsis)
				: fitText(cell?.text ?? '', room, cell?.isRight ?? false, theme.ellipsis),
			style: cell?.style ?? ('plain' as Style),
		};
	});
	const pointer = theme.symbols === 'unicode' ? '▸' : '>';
	const star = options.marked.has(row.id) ? '*' : ' ';
	const mark = isSelected ? `${pointer}${star}` : `${star} `;
	const plain = fitText(
		mark + parts.map(({text}) => text).join(' '.repeat(GAP)),
		width,
		false,
		theme.ellipsis,
	);
	if (isSelected) {
		return theme.paint('selected', plain);
	}

	if (isStale) {
		return theme.paint('dim', plain);
	}

	const styled = parts.map(({text, style}) => theme.paint(style, text)).join(' '.repeat(GAP));
	const drawn = MARK + parts.reduce((sum, _part, index) => sum + (layout[index]?.cells ?? 0) + GAP, -GAP);
	return drawn > width ? plain : `${mark}${styled}${' '.repeat(width - drawn)}`;
}

/** `▾ worker-1`, `    web-0`: how deep a row of a tree lies, and whether there is more in it. */
function branch({depth, isOpen}: TreeRow, isUnicode: boolean): string {
	const mark = isOpen === undefined ? ' ' : isUnicode ? (isOpen ? '▾' : '▸') : isOpen ? '-' : '+';
	return `${'  '.repeat(depth)}${mark} `;
}

/** The state column is coloured by what it says, and tells the age of what is too old to count. */
function stateCell(row: Row, column: Column<Row>, options: TableOptions): Cell {
	const cell = cellOf(column, row, options.nowMs);
	if (column.id === 'status' && cell.style === 'plain') {
		return {...cell, style: styleOfStatus(cell.text)};
	}

	if (column.id === 'name' && row.kind === 'tree') {
		return {...cell, text: branch(row, options.theme.symbols === 'unicode') + cell.text};
	}

	if (column.unit !== 'state' || row.kind !== 'node') {
		return cell;
	}

	switch (row.state.kind) {
		case 'live':
			return isOld(row, options)
				? {...cell, text: `stale ${formatDuration(ageMs(row, options.nowMs) ?? 0)}`, style: 'warning'}
				: {...cell, text: row.state.degraded === undefined ? cell.text : `${cell.text} *`, style: 'good'};
		case 'failed':
			return {...cell, style: row.info?.isVirtual ? 'dim' : 'critical'};
		case 'stored':
			return {
				...cell,
				text: `${formatDuration(options.nowMs - row.state.atMs)} old, ${cell.text}`,
				style: 'warning',
			};
		case 'past':
		case 'waiting':
			return {...cell, style: 'dim'};
	}
}

function ageMs(row: Row, nowMs: number): number | undefined {
	if (row.kind === 'tree') {
		return ageMs(row.of, nowMs);
	}

	return row.kind === 'namespace' || row.receivedAtMs === undefined ? undefined : nowMs - row.receivedAtMs;
}

/** Whether a row's sample is too old to count; a row of the past is as old as it should be. */
function isOld(row: Row, {nowMs, staleAfterMs, view}: TableOptions): boolean {
	const age = ageMs(row, Math.min(nowMs, view.atMs));
	return age !== undefined && age > staleAfterMs;
}

/** CPU and memory of a node stand against what it has; everything else against its own highest. */
function scaleFor(row: Row, series: SeriesName, values: Float64Array): number {
	const node = row.kind === 'tree' ? row.of : row;
	const capacity = node.kind === 'node' ? capacityOf(node, series) : undefined;
	return capacity ?? scaleOf(values, LEAST_SCALE[series]);
}

function capacityOf(row: NodeRow, series: SeriesName): number | undefined {
	switch (series) {
		case 'cpuCores':
			return row.cpuCapacityCores;
		case 'memoryWorkingSetBytes':
			return row.memoryCapacityBytes;
		default:
			return undefined;
	}
}
