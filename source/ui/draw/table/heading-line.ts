import {isText} from '../../../metrics/model/column.ts';
import type {HistoryWindow, Level} from '../../../metrics/model/view.ts';
import {fitText} from '../../format/width.ts';
import type {SortOrder} from '../../state/sort-order.ts';
import type {Theme} from '../../theme/theme.ts';
import {GAP} from './column-layout.ts';
import {scaleName} from './row-sparkline.ts';
import {MARK_CELLS, type TableLayout} from './table-layout.ts';

export type HeadingOptions = {
	readonly level: Level;
	readonly sort: SortOrder;
	readonly theme: Theme;
	/** The length of the window, which is the heading of sparklines: `15m`. */
	readonly windowLabel: string;
	/** The window of a sparkline with this number of points. */
	readonly windowOf: (points: number) => HistoryWindow;
	/** The first point that is ktop's own sample; undefined if the window has no points of a store. */
	readonly seamOf: (window: HistoryWindow) => number | undefined;
};

/** The line of headings, with an arrow at the column by which rows are sorted. */
export function headingLine(
	{columns, width}: TableLayout,
	{level, sort, theme, windowLabel, windowOf, seamOf}: HeadingOptions,
): string {
	const arrow = arrowOf(sort, theme);
	const parts = columns.map(({id, series, column, cells, fullHeadingCells}) => {
		if (series !== undefined) {
			const seam = seamOf(windowOf(cells));
			const label = sparklineHeading(windowLabel, scaleName(level, series), cells, seam);
			return withSeam(fitText(label, cells, false, theme.ellipsis), seam, theme) + ' '.repeat(GAP);
		}

		const isFull = fullHeadingCells !== undefined && fullHeadingCells <= cells;
		const heading = (isFull ? column?.fullHeading : column?.heading) ?? id;
		const isRight = column === undefined || !isText(column.unit);
		const isSorted = id === sort.column;
		const hasRoom = heading.length < cells;
		const text = fitText(
			isSorted && hasRoom ? `${heading}${arrow}` : heading,
			cells,
			isRight,
			theme.ellipsis,
		);
		// If the heading fills its column, the arrow is in the gap after it.
		return text + (isSorted && !hasRoom ? arrow : ' '.repeat(GAP));
	});
	const line = parts.join('').trimEnd();
	return theme.paint('heading', fitText(' '.repeat(MARK_CELLS) + line, width, false, theme.ellipsis));
}

/**
 * The window of a sparkline, and what its full height means, as long as there is room: `5m to capacity`, `5m /cap`. If
 * possible, the cell of the seam stays free.
 */
function sparklineHeading(
	windowLabel: string,
	[long, short]: readonly [string, string],
	cells: number,
	seam: number | undefined,
): string {
	const known = [`${windowLabel} ${long}`, `${windowLabel} ${short}`, `${windowLabel}${short}`].filter(
		text => text.length <= cells,
	);
	return known.find(text => seam === undefined || (text[seam] ?? ' ') === ' ') ?? known[0] ?? windowLabel;
}

function arrowOf({isDescending}: SortOrder, {symbols}: Theme): string {
	const [down, up] = symbols === 'unicode' ? ['▼', '▲'] : ['v', '^'];
	return isDescending ? down : up;
}

/** Marks the cell where ktop's own samples begin. */
function withSeam(heading: string, cell: number | undefined, theme: Theme): string {
	return cell === undefined || heading[cell] !== ' '
		? heading
		: `${heading.slice(0, cell)}${theme.symbols === 'unicode' ? '┊' : ':'}${heading.slice(cell + 1)}`;
}
