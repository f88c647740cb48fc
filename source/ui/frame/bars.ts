import {printable} from '../../metrics/printable.ts';
import type {Level, View} from '../../metrics/view.ts';
import {fitLine, fitText, widthOf} from '../format/width.ts';
import type {Page, ScreenState} from '../screen-state.ts';
import {currentPage} from '../screen-state.ts';
import type {Theme} from '../theme/theme.ts';

const LEVELS: ReadonlyArray<readonly [Level, string]> = [
	['nodes', 'Nodes'],
	['pods', 'Pods'],
	['containers', 'Containers'],
	['namespaces', 'Namespaces'],
	['tree', 'Tree'],
];

/** The levels to go to with the one shown set off, or the way that led inside; right of it the order and the filter. */
export function drawTabs(
	state: ScreenState,
	view: View | undefined,
	windowLabel: string,
	width: number,
	theme: Theme,
): string {
	const page = currentPage(state);
	const left = state.pages.length === 1 ? tabs(page, width, theme) : path(state, theme);
	const right = describeView(page, view, windowLabel);
	const leftCells = widthOf(left);
	const room = width - leftCells - 1;
	return room < 6
		? fitLine(left, width, theme.ellipsis)
		: `${left} ${theme.paint('dim', fitText(right, room, true, theme.ellipsis))}`;
}

/** The tabs one after the other, shortened where there is little room. */
export function tabTexts(width: number): readonly string[] {
	const isShort = width < 84;
	return LEVELS.map(([, name], index) => ` ${index + 1} ${isShort ? name.slice(0, 4) : name} `);
}

function tabs(page: Page, width: number, theme: Theme): string {
	const texts = tabTexts(width);
	const parts = texts.map((text, index) =>
		LEVELS[index]?.[0] === page.level ? theme.paint('selected', text) : text,
	);
	return texts.join('').length > width
		? fitText(` ${page.level ?? ''}`, width, false, theme.ellipsis)
		: parts.join('');
}

function path(state: ScreenState, theme: Theme): string {
	const names = state.pages.flatMap(({subject}) => (subject === undefined ? [] : [printable(subject.name)]));
	const joint = theme.symbols === 'unicode' ? ' › ' : ' > ';
	const text = [
		state.pages[0].level ?? '',
		...names,
		...(currentPage(state).level === undefined ? [] : [currentPage(state).level]),
	];
	return theme.paint(
		'title',
		` ${fitText(text.join(joint), Math.min(widthOf(text.join(joint)), 70), false, theme.ellipsis)}`,
	);
}

function describeView(page: Page, view: View | undefined, windowLabel: string): string {
	if (view === undefined) {
		return `last ${windowLabel} `;
	}

	const namespace = page.scope.namespace === undefined ? '' : `namespace ${page.scope.namespace}  `;
	const order = `${namespace}sort ${page.sort.column}${page.sort.isDescending ? '' : ' (smallest first)'}`;
	const filter =
		page.filter === ''
			? `${view.total}`
			: `filter “${printable(page.filter)}” ${view.rows.length} of ${view.total}`;
	return `${order}  ${filter} `;
}

/** The line at the bottom: what is being typed, what is wrong with it, or the most useful keys. */
export function drawFooter(
	state: ScreenState,
	view: View | undefined,
	notice: string | undefined,
	completions: readonly string[],
	width: number,
	theme: Theme,
): string {
	if (state.editing !== undefined) {
		return drawEditor(state.editing, view?.filterProblem, completions, width, theme);
	}

	if (notice !== undefined) {
		return theme.paint('warning', fitText(` ${printable(notice)}`, width, false, theme.ellipsis));
	}

	const arrows = theme.symbols === 'unicode' ? '↑↓ move  ⏎ open' : 'up/down move  Enter open';
	const keys = `${arrows}  Esc back  / filter  < > sort  space pause  [ ] time  t window  e explain  ? help  q quit`;
	const short = `${arrows}  / filter  < > sort  e explain  ? help  q quit`;
	const least = '? help  q quit';
	const text = [keys, short, least].find(candidate => widthOf(candidate) + 2 <= width) ?? least;
	return theme.paint('dim', fitText(` ${text}`, width, false, theme.ellipsis));
}

function drawEditor(
	{text, cursor}: {readonly text: string; readonly cursor: number},
	problem: string | undefined,
	completions: readonly string[],
	width: number,
	theme: Theme,
): string {
	const characters = [...text];
	const before = characters.slice(0, cursor).join('');
	const under = characters[cursor] ?? ' ';
	const after = characters.slice(cursor + 1).join('');
	const hint = completions.length === 0 ? '' : `Tab: ${completions.map(printable).join(' ')}   `;
	const note = `${hint}${problem ?? 'Enter keeps it, Esc drops it, ↑↓ recalls others'}`;
	// What is typed stays in sight: of a long filter its end before the cursor.
	const room = Math.max(width - 3, 1);
	const shownBefore = widthOf(before) >= room ? [...before].slice(-Math.max(room - 2, 0)).join('') : before;
	const line = `/${shownBefore}`;
	const cells = widthOf(line) + 1;
	const rest = fitText(`${after}   ${note}`, Math.max(width - cells, 0), false, theme.ellipsis);
	return `${line}${theme.paint('selected', fitText(under, 1, false, ' '))}${problem === undefined ? theme.paint('dim', rest) : theme.paint('warning', rest)}`;
}
