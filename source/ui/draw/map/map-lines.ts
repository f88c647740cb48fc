import {printable} from '../../../metrics/model/printable.ts';
import type {Row} from '../../../metrics/model/row.ts';
import type {View} from '../../../metrics/model/view.ts';
import {type GroupedRows, LABEL} from '../../../metrics/view/group-rows.ts';
import {UNKNOWN} from '../../format/numbers.ts';
import {fitName, fitText, widthOf} from '../../format/width.ts';
import type {Style, Theme} from '../../theme/theme.ts';
import {formatValue} from '../table/cell.ts';
import {type Freshness, isStale} from '../table/row-age.ts';
import {isShare, type MapFigures} from './map-figures.ts';
import type {MapGeometry, MapLine} from './map-geometry.ts';
import {ABOVE, ENDED, markOf, styleOfCell, TROUBLED, UNKNOWN_MARK} from './map-mark.ts';

export type MapOptions = {
	readonly view: Pick<View, 'level'>;
	readonly grouped: GroupedRows<Row>;
	readonly figures: MapFigures;
	readonly geometry: MapGeometry;
	/** The first line on the screen, and how many there are. */
	readonly offset: number;
	readonly height: number;
	/** The index of the selected cell. */
	readonly selected: number;
	readonly freshness: Freshness;
	readonly theme: Theme;
	readonly width: number;
};

/** The lines of cells on the screen; each exactly as wide as the screen. */
export function mapLines(options: MapOptions): readonly string[] {
	const {geometry, offset, height} = options;
	return geometry.lines.slice(offset, offset + height).map(line => cellLine(line, options));
}

function cellLine(line: MapLine, options: MapOptions): string {
	const {grouped, figures, geometry, selected, freshness, theme, width} = options;
	const {gutter, cellWidth} = geometry;
	const label = gutter === 0 ? '' : gutterText(line, options);
	let text = theme.paint(line.place === 0 ? 'title' : 'dim', label);
	let run = '';
	let style: Style = 'plain';
	for (let index = line.start; index < line.start + line.count; index++) {
		const row = grouped.rows[index];
		const own =
			index === selected
				? 'selected'
				: row !== undefined && isStale(row, freshness)
					? 'dim'
					: styleOfCell(figures, index);
		const cell = cellText(index, row, options);
		// The blanks after a cell are not part of its selection.
		const shown = own === 'selected' ? cell.trimEnd() : cell;
		if (own !== style) {
			text += theme.paint(style, run);
			run = '';
			style = own;
		}

		run += shown;
		if (shown.length < cell.length) {
			text += theme.paint(style, run);
			run = cell.slice(shown.length);
			style = 'plain';
		}
	}

	const used = gutter + line.count * cellWidth;
	return text + theme.paint(style, run) + ' '.repeat(Math.max(width - used, 0));
}

/** The text of a cell with the blanks after it. */
function cellText(index: number, row: Row | undefined, {figures, geometry, theme}: MapOptions): string {
	const {form, cellWidth} = geometry;
	const mark = markOf(figures, index);
	const value = figures.values[index] ?? Number.NaN;
	switch (form) {
		case 'named': {
			const cells = valueCells(figures);
			const amount = Number.isNaN(value) ? UNKNOWN : formatValue(figures.column.unit, value);
			const name = fitName(printable(row?.name ?? ''), Math.max(cellWidth - cells - 5, 1), theme.ellipsis);
			return fitText(
				`${mark} ${name} ${fitText(amount, cells, true, theme.ellipsis)}`,
				cellWidth,
				false,
				theme.ellipsis,
			);
		}

		case 'percent': {
			const sign = mark === TROUBLED ? TROUBLED : ' ';
			const amount = Number.isNaN(value) ? (mark === ENDED ? ENDED : UNKNOWN_MARK) : percent(value);
			return `${sign}${amount.padStart(cellWidth - 2)} `;
		}

		case 'spaced':
			return `${mark} `;
		case 'dense':
			return mark;
	}
}

/** At most three digits. */
function percent(share: number): string {
	return share >= 9.995 ? '>>>' : (share * 100).toFixed(0);
}

/** The width of a cell with a name and its value. */
export function namedWidth(figures: MapFigures): number {
	return figures.nameWidth + valueCells(figures) + 5;
}

function valueCells({column}: MapFigures): number {
	switch (column.unit) {
		case 'ratio':
			return 4;
		case 'cores':
			return 5;
		case 'bytesPerSecond':
			return 8;
		default:
			return 7;
	}
}

/** Left of the lines of a group: its name, and below it as many of its figures as it has lines. */
function gutterText(
	{group, place, count}: MapLine,
	{view: {level}, grouped, figures, geometry, theme}: MapOptions,
): string {
	const {name, count: rows} = grouped.groups[group] ?? {name: undefined, count: 0};
	const {mean, most, troubled = 0} = figures.groups[group] ?? {};
	const format = (value: number): string => formatValue(figures.column.unit, value);
	const texts = [
		name === undefined ? `no ${keyName(grouped.by)}` : printable(name),
		`${rows} ${rows === 1 ? level.slice(0, -1) : level}`,
		...(troubled === 0 ? [] : [`${troubled} ${TROUBLED}`]),
		...(mean === undefined ? [] : [`mean ${format(mean)}`]),
		...(most === undefined ? [] : [`most ${format(most)}`]),
	];
	const text = count === 0 ? '' : (texts[place] ?? '');
	const cells = geometry.gutter - 1;
	return `${place === 0 ? fitName(text, cells, theme.ellipsis) : fitText(text, cells, false, theme.ellipsis)} `;
}

/** What rows are grouped by, in words. */
export function keyName(by: string | undefined): string {
	return by === undefined ? 'group' : printable(by.startsWith(LABEL) ? by.slice(LABEL.length) : by);
}

/** The line above the cells: what they show, and what their marks mean. */
export function mapLegend({grouped, figures, geometry, offset, height, theme, width}: MapOptions): string {
	const {column, top} = figures;
	const {lines} = geometry;
	const marks = new Set(figures.conditions.length === 0 ? [] : presentMarks(figures));
	const tenths = isShare(column) ? '0-9 tenths' : `0-9 tenths of ${formatValue(column.unit, top)}`;
	const legend = [
		tenths,
		...(marks.has(ABOVE) ? [`${ABOVE} above 100%`] : []),
		...(marks.has(UNKNOWN_MARK) ? [`${UNKNOWN_MARK} unknown`] : []),
		...(marks.has(TROUBLED) ? [`${TROUBLED} not ready`] : []),
		...(marks.has(ENDED) ? [`${ENDED} ended`] : []),
	].join(', ');
	const by = grouped.by === undefined ? '' : ` by ${keyName(grouped.by)}`;
	const part =
		lines.length > height
			? `  lines ${offset + 1}-${Math.min(offset + height, lines.length)} of ${lines.length}`
			: '';
	const heading = column.heading;
	const texts = [
		`${column.fullHeading ?? heading}${by}: ${legend}${part}`,
		`${heading}${by}: ${legend}${part}`,
		`${heading}: ${legend}${part}`,
		`${heading}: ${legend}`,
	];
	const text = texts.find(each => widthOf(each) + 2 <= width) ?? texts.at(-1) ?? '';
	return theme.paint('heading', fitText(`  ${text}`, width, false, theme.ellipsis));
}

function presentMarks(figures: MapFigures): ReadonlySet<string> {
	const marks = new Set<string>();
	for (let index = 0; index < figures.values.length; index++) {
		marks.add(markOf(figures, index));
	}

	return marks;
}
