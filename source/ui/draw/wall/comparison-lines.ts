import {printable} from '../../../metrics/model/printable.ts';
import type {HistoryWindow} from '../../../metrics/model/view.ts';
import {type ChartSeries, chartPoints, drawChart, pointsPerColumn} from '../../format/chart.ts';
import {QUANTITIES} from '../../format/chart-kinds.ts';
import {fitName, fitText, widthOf} from '../../format/width.ts';
import {pointerOf} from '../../theme/pointer.ts';
import {LINE_STYLES, type Style} from '../../theme/theme.ts';
import {cellOf} from '../table/cell.ts';
import {type ChartedRows, chartedName, highestOf} from './charted-rows.ts';

/** More lines in one chart can hardly be told apart. */
export const MOST_LINES = LINE_STYLES.length;

export type ComparisonOptions = ChartedRows & {
	/** The number of rows of the table. */
	readonly count: number;
	/** The first point that is ktop's own sample; undefined if the window has no points of a store. */
	readonly seamOf: (window: HistoryWindow) => number | undefined;
	readonly nowMs: number;
	readonly height: number;
};

/** The least width of a name in the legend, with its value. */
const LEGEND_CELLS = 38;
const MAX_LEGEND_COLUMNS = 4;

/** A chart with fewer lines says nothing; the legend is cut before. */
const MIN_CHART = 3;

/**
 * One chart of several rows, each a line with a digit, and a legend that names the digits: exactly `height` lines of
 * `width` cells. The selected row's line lies above the others.
 */
export function comparisonLines(options: ComparisonOptions): readonly string[] {
	const {series, rows, first, selected, windowOf, seamOf, history, theme, tier, width, height} = options;
	const quantity = QUANTITIES[series];
	const window = windowOf(chartPoints(width, tier));
	const lines = rows.map((row, place): ChartSeries & {readonly isSelected: boolean} => ({
		// A source may give its arrays out again.
		values: Float64Array.from(history(row, series, window)),
		paint: text => theme.paint(styleOf(place), text),
		mark: String(place + 1),
		isSelected: first + place === selected,
	}));
	const legend = legendLines(options);
	const room = Math.max(height - 1 - legend.length, Math.min(MIN_CHART, height - 1), 0);
	const seam = seamOf(window);
	const chart = drawChart(
		lines.toSorted((one, other) => Number(other.isSelected) - Number(one.isSelected)),
		{
			width,
			height: room,
			top: options.topOf(Math.max(quantity.minTop, ...lines.map(({values}) => highestOf(values)))),
			steps: quantity.steps,
			format: quantity.tick,
			tier,
			window,
			seam: seam === undefined ? undefined : Math.floor(seam / pointsPerColumn(tier)),
			paintAxis: text => theme.paint('dim', text),
		},
	);
	return [headLine(options), ...(room === 0 ? [] : chart), ...legend].slice(0, height);
}

function styleOf(place: number): Style {
	return LINE_STYLES[place % LINE_STYLES.length] ?? 'plain';
}

function headLine({column, rows, first, count, windowLabel, theme, width}: ComparisonOptions): string {
	const {heading, fullHeading = heading} = column;
	const part = rows.length < count ? `  ${first + 1}-${first + rows.length} of ${count}` : '';
	const text =
		[`${fullHeading} of the last ${windowLabel}${part}`, `${heading} ${windowLabel}${part}`].find(
			each => widthOf(each) + 2 <= width,
		) ?? heading;
	return theme.paint('heading', fitText(`  ${text}`, width, false, theme.ellipsis));
}

/** The rows from top to bottom, then in the next column: digit, name and value. */
function legendLines({
	rows,
	first,
	selected,
	marked,
	column,
	nowMs,
	theme,
	width,
}: ComparisonOptions): readonly string[] {
	const columns = Math.min(Math.max(Math.floor(width / LEGEND_CELLS), 1), MAX_LEGEND_COLUMNS);
	const high = Math.ceil(rows.length / columns);
	const cells = Math.floor(width / columns);
	return Array.from({length: high}, (_, line) => {
		const entries = Array.from({length: columns}, (_, across) => {
			const place = across * high + line;
			const row = rows[place];
			if (row === undefined) {
				return ' '.repeat(cells);
			}

			const isSelected = first + place === selected;
			const pointer = isSelected ? pointerOf(theme) : ' ';
			const star = marked.has(row.id) ? '*' : ' ';
			const value = cellOf(column, row, nowMs).text;
			const room = Math.max(cells - widthOf(value) - 7, 1);
			const name = fitName(printable(chartedName(row)), room, theme.ellipsis);
			const text = fitText(`${name} ${value}`, cells - 6, false, theme.ellipsis);
			const shown = `${theme.paint(styleOf(place), String(place + 1))} ${isSelected ? theme.paint('selected', text) : text}`;
			return cells < 8 ? ' '.repeat(cells) : `${pointer}${star}${shown}  `;
		});
		return entries.join('') + ' '.repeat(width - cells * columns);
	});
}
