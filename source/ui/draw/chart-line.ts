import {type ChartKind, labelOf} from '../format/chart-kinds.ts';
import {valuesText} from '../format/chart-title.ts';
import {UNKNOWN} from '../format/numbers.ts';
import {scaleOf, sparkline} from '../format/sparkline.ts';
import {fitLine, widthOf} from '../format/width.ts';
import {type ChartOptions, readChart} from './chart-reading.ts';

/** What values take at most, as a rule, and with their levels on a wide line: sparklines below each other end alike. */
const VALUES_CELLS = 18;
const LEVELS_CELLS = 12;
const WIDE = 60;

const LEAST_SPARKLINE = 4;
const MOST_SPARKLINE = 60;

/** `  CPU ▁▂▃▅ 676m  lim 1.00`: a chart in one line. */
export function chartLine(chart: ChartKind, options: ChartOptions, width: number): string {
	const {theme} = options;
	const title = `  ${theme.paint('title', chart.short.padEnd(3))} `;
	const beside = VALUES_CELLS + (width >= WIDE ? LEVELS_CELLS : 0);
	const room = Math.min(width - widthOf(title) - beside, MOST_SPARKLINE);
	const {told, series, point} = readChart(chart, options, options.windowOf(Math.max(room, LEAST_SPARKLINE)));
	const {values = new Float64Array(), style = 'plain'} = series[0] ?? {};
	// Without an axis to read a height at, it stands against what there is, as in a table.
	const scale = chart.levels.find(({name}) => name !== 'req')?.value ?? scaleOf(values, chart.quantity.least);
	const drawn =
		room < LEAST_SPARKLINE ? '' : `${theme.paint(style, sparkline(values, scale, theme.symbols))} `;
	const text = `${title}${drawn}${told.length === 0 ? UNKNOWN : valuesText(chart, told, point)}`;
	const levels = chart.levels.map(level => `  ${theme.paint('dim', labelOf(level, chart))}`).join('');
	return fitLine(widthOf(text + levels) < width ? text + levels : text, width, theme.ellipsis);
}
