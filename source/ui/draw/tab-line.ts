import {layoutOf} from '../../metrics/columns/columns.ts';
import {isText} from '../../metrics/model/column.ts';
import type {ListCounts} from '../../metrics/model/counts.ts';
import {printable} from '../../metrics/model/printable.ts';
import type {View} from '../../metrics/model/view.ts';
import {fitLine, fitText, widthOf} from '../format/width.ts';
import {groupingOf} from '../state/grouping.ts';
import {currentPage, type Page} from '../state/page.ts';
import type {ScreenState} from '../state/screen-state.ts';
import type {SortOrder} from '../state/sort-order.ts';
import type {Theme} from '../theme/theme.ts';
import {cellsOf, type Tab, tabsOf} from './tabs.ts';

/** The tabs, or the path of the open page; on the right the table's sort order, filter and number of rows. */
export function drawTabs(
	state: ScreenState,
	view: View | undefined,
	counts: ListCounts,
	windowLabel: string,
	width: number,
	theme: Theme,
): string {
	const page = currentPage(state);
	const left =
		state.pages.length === 1 ? tabs(page, tabsOf(width, counts), width, theme) : path(state, theme);
	const room = width - widthOf(left) - 1;
	return room < 6
		? fitLine(left, width, theme.ellipsis)
		: `${left} ${theme.paint('dim', fitText(describeView(state, view, windowLabel, room, theme), room, true, theme.ellipsis))}`;
}

function tabs(page: Page, all: readonly Tab[], width: number, theme: Theme): string {
	return cellsOf(all) > width
		? fitText(` ${page.level ?? ''}`, width, false, theme.ellipsis)
		: all.map(({level, text}) => (level === page.level ? theme.paint('selected', text) : text)).join('');
}

const MAX_PATH = 100;

function path(state: ScreenState, theme: Theme): string {
	const [first, ...opened] = state.pages;
	const names = opened.flatMap(({subject, level}, index) =>
		subject !== undefined
			? [printable(subject.name)]
			: level === undefined || index === opened.length - 1
				? []
				: [level],
	);
	const isClusterPage = state.pages[1]?.subject?.level === 'cluster';
	const joint = theme.symbols === 'unicode' ? ' › ' : ' > ';
	const text = [
		...(isClusterPage ? [] : [first.level ?? '']),
		...names,
		...(currentPage(state).level === undefined ? [] : [currentPage(state).level]),
	];
	return theme.paint(
		'title',
		` ${fitText(text.join(joint), Math.min(widthOf(text.join(joint)), MAX_PATH), false, theme.ellipsis)}`,
	);
}

/** A shorter part of a filter is not shown. */
const MIN_FILTER = 4;

/** The longest description that fits: the sort order is dropped first, the number of rows last. */
function describeView(
	state: ScreenState,
	view: View | undefined,
	windowLabel: string,
	room: number,
	theme: Theme,
): string {
	if (view === undefined) {
		return `last ${windowLabel} `;
	}

	const page = currentPage(state);
	const {namespaces = []} = page.scope;
	const namespace =
		namespaces.length === 0
			? ''
			: `namespace${namespaces.length === 1 ? '' : 's'} ${printable(namespaces.join(','))}  `;
	const sort = `sort ${page.sort.column}${unusualOrder(view, page.sort)}`;
	// A map keeps its cells in their places.
	const order = page.form === 'table' ? sort : page.form === 'map' ? page.form : `${page.form}  ${sort}`;
	const grouping = groupingOf(page);
	const by = grouping === undefined ? '' : `by ${printable(grouping.key)}  `;
	const working = view.isPending === true ? `working${theme.ellipsis} ` : '';
	const [amount, noun] = countOf(view, page.filter !== '', grouping !== undefined);
	const count = `${working}${amount} ${noun} `;
	const typed = printable(page.filter);
	const filter = page.filter === '' ? '' : `filter “${typed}” `;
	const forFilter = room - widthOf(`filter “” ${count}`);
	const cut =
		page.filter !== '' && forFilter >= MIN_FILTER
			? `filter “${fitText(typed, forFilter, false, theme.ellipsis)}” ${count}`
			: count;
	const hasWindow =
		state.hasStatistics && page.form === 'table' && layoutOf(view.level).statistics.length > 0;
	const window = hasWindow ? `last ${windowLabel}  ` : '';
	return (
		[
			`${namespace}${by}${order}  ${window}${filter}${count}`,
			...(by === '' ? [] : [`${namespace}${by}${window}${filter}${count}`, `${by}${count}`]),
			`${namespace}${window}${filter}${count}`,
			`${window}${filter}${count}`,
			...(hasWindow ? [`${windowLabel}  ${filter}${count}`] : []),
			cut,
			count,
		].find(text => widthOf(text) <= room) ?? `${working}${amount} `
	);
}

/** Texts are usually from A to Z and problems from critical on, figures from the largest down. */
function unusualOrder({columns}: View, {column: id, isDescending}: SortOrder): string {
	const unit = columns.find(column => column.id === id)?.unit;
	if (unit !== undefined && isText(unit)) {
		return isDescending ? ' (reversed)' : '';
	}

	return isDescending ? '' : ' (smallest first)';
}

/** How many rows there are, and of what. A filter of a tree finds rows at any depth, while its total are its roots. */
function countOf({level, rows, total}: View, isFiltered: boolean, isGrouped: boolean): [string, string] {
	if (level !== 'tree') {
		return [isFiltered ? `${rows.length} of ${total}` : `${total}`, nounFor(total, level)];
	}

	return isGrouped && !isFiltered
		? [`${total}`, nounFor(total, 'groups')]
		: [`${rows.length}`, nounFor(rows.length, 'rows')];
}

function nounFor(count: number, plural: string): string {
	return count === 1 ? plural.slice(0, -1) : plural;
}
