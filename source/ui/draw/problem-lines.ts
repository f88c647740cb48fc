import {inCluster} from '../../metrics/model/cluster-of-row.ts';
import {printable} from '../../metrics/model/printable.ts';
import type {ProblemRow} from '../../metrics/model/row.ts';
import {fitName, fitText, widthOf} from '../format/width.ts';
import type {Theme} from '../theme/theme.ts';

const LEVEL_CELLS = 9;
const REASON_CELLS = 18;

/** The share of a line for the name, and its bounds. */
const NAME_SHARE = 0.25;
const MIN_NAME = 18;
const MAX_NAME = 50;

/** `── 34 problems, 9 critical: ! lists them ──`, and the first of them; exactly `height` lines of `width` cells. */
export function problemLines(
	problems: readonly ProblemRow[],
	width: number,
	height: number,
	theme: Theme,
): readonly string[] {
	return [title(problems, width, theme), ...problems.map(row => line(row, width, theme))].slice(0, height);
}

function title(problems: readonly ProblemRow[], width: number, theme: Theme): string {
	const mark = theme.symbols === 'unicode' ? '─' : '-';
	const critical = problems.filter(({level}) => level === 'critical').length;
	const count = `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`;
	const text = `${mark}${mark} ${count}${critical === 0 ? '' : `, ${critical} critical`}: ! lists them `;
	return theme.paint(
		'dim',
		fitText(text + mark.repeat(Math.max(width - widthOf(text), 0)), width, false, theme.ellipsis),
	);
}

function line({level, reason, name, message, of}: ProblemRow, width: number, theme: Theme): string {
	const nameCells = Math.min(Math.max(Math.floor(width * NAME_SHARE), MIN_NAME), MAX_NAME);
	const column = (text: string, cells: number): string =>
		`${fitText(printable(text), cells - 1, false, theme.ellipsis)} `;
	const rest = `${column(reason, REASON_CELLS)}${fitName(printable(inCluster(of.cluster, name)), nameCells, theme.ellipsis)} ${printable(message)}`;
	const room = width - 2 - LEVEL_CELLS;
	return room <= 0
		? fitText(level, width, false, theme.ellipsis)
		: `  ${theme.paint(level, column(level, LEVEL_CELLS))}${fitText(rest, room, false, theme.ellipsis)}`;
}
