import {type ChartKind, labelOf} from '../format/chart-kinds.ts';
import {valuesText} from '../format/chart-title.ts';
import {UNKNOWN} from '../format/numbers.ts';
import {scaleOf, sparkline} from '../format/sparkline.ts';
import {fitLine, widthOf} from '../format/width.ts';
import {type ChartReadingOptions, readChart} from './chart-reading.ts';

/** Cells reserved right of the sparkline for values, and on wide lines for levels, so that all sparklines are aligned. */
const VALUES_CELLS = 18;
const LEVELS_CELLS = 12;
const WIDE = 60;

const MIN_SPARKLINE = 4;
const MAX_SPARKLINE = 60;

/** Draws a chart on one line: `  CPU ▁▂▃▅ 676m  lim 1.00`. */
export function chartLine(chart: ChartKind, options: ChartReadingOptions, width: number): string {
	const {theme} = options;
	const title = `  ${theme.paint('title', chart.short.padEnd(3))} `;
	const beside = VALUES_CELLS + (width >= WIDE ? LEVELS_CELLS : 0);
	const room = Math.min(width - widthOf(title) - beside, MAX_SPARKLINE);
	const {known, series, point} = readChart(chart, options, options.windowOf(Math.max(room, MIN_SPARKLINE)));
	const {values = new Float64Array(), style = 'plain'} = series[0] ?? {};
	// A sparkline has no axis, so it is scaled to the limit or capacity, as in tables.
	const scale =
		chart.levels.find(({name}) => name !== 'req')?.value ?? scaleOf(values, chart.quantity.minTop);
	const drawn = room < MIN_SPARKLINE ? '' : `${theme.paint(style, sparkline(values, scale, theme.symbols))} `;
	const text = `${title}${drawn}${known.length === 0 ? UNKNOWN : valuesText(chart, known, point)}`;
	const levels = chart.levels.map(level => `  ${theme.paint('dim', labelOf(level, chart))}`).join('');
	return fitLine(widthOf(text + levels) < width ? text + levels : text, width, theme.ellipsis);
}
