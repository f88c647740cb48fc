import {layoutOf} from '../../metrics/columns/columns.ts';
import {type Form, formsOf, hasForm} from './form.ts';
import {foldInto, groupable, unfold} from './grouping.ts';
import {changePage, currentPage} from './page.ts';
import type {ScreenState} from './screen-state.ts';
import type {Visible} from './visible.ts';

/** The key of rows that are not grouped. */
const NONE = 'none';

/** Pages without numbers of rows that can be compared. */
const OTHERS: Readonly<Record<string, string>> = {
	tree: 'the tree',
	problems: 'problems',
	processes: 'processes',
};

/** Shows the rows of the page in another form. */
export function setForm(state: ScreenState, form: Form): ScreenState {
	const {level} = currentPage(state);
	if (!hasForm(level, form)) {
		return {...state, message: `there is no ${form} of ${OTHERS[level ?? ''] ?? 'a container'}`};
	}

	return changePage(state, {form, offset: 0});
}

export function nextForm(state: ScreenState, by: number): ScreenState {
	const {form, level} = currentPage(state);
	const forms = formsOf(level);
	const next = forms[(forms.indexOf(form) + by + forms.length) % forms.length];
	return setForm(state, next === undefined || next === form ? 'map' : next);
}

/** Gives each chart of a wall a scale of its own, or all of them the same; opens the wall. */
export function toggleScale(state: ScreenState): ScreenState {
	const isWall = currentPage(state).form === 'wall';
	return isWall ? {...state, hasOwnScales: !state.hasOwnScales} : setForm(state, 'wall');
}

/** Shows statistics of the window in the table, in place of sparklines, or no longer. */
export function toggleStatistics(state: ScreenState): ScreenState {
	const {level, form} = currentPage(state);
	if (level === undefined || layoutOf(level).statistics.length === 0) {
		return {
			...state,
			message: `there are no statistics of ${OTHERS[level ?? ''] ?? level ?? 'a container here: see its charts'}`,
		};
	}

	const isOn = state.hasStatistics && form === 'table';
	return {...setForm(state, 'table'), hasStatistics: !isOn};
}

/** Groups the rows of a map, or nodes and pods of a table into rows that fold, by a key or not at all. */
export function setGrouping(state: ScreenState, grouping: string): ScreenState {
	const page = currentPage(state);
	const of = page.form === 'table' ? groupable(page) : undefined;
	if (of !== undefined) {
		const grouped = grouping === NONE ? unfold(state, of) : foldInto(state, {of, key: grouping});
		return {...grouped, message: grouping === NONE ? 'not grouped' : `${of} grouped by ${grouping}`};
	}

	const map = setForm(state, 'map');
	return currentPage(map).form === 'map'
		? changePage({...map, message: `grouped by ${grouping}`}, {grouping})
		: map;
}

/**
 * Groups by the next key that the rows have values of; after the last, not at all. Tables of other rows than nodes and pods
 * open the map.
 */
export function nextGrouping(state: ScreenState, {groupedBy, groupKeys}: Visible): ScreenState {
	const page = currentPage(state);
	const level = page.form === 'map' ? page.level : groupable(page);
	if (level === undefined) {
		return setForm(state, 'map');
	}

	const {groups} = layoutOf(level);
	const place = groups.indexOf(groupedBy ?? NONE);
	for (const key of groupKeys()) {
		// What is not of the layout comes after all that is, and need not be looked for.
		if (!groups.includes(key)) {
			break;
		}

		if (groups.indexOf(key) > place) {
			return setGrouping(state, key);
		}
	}

	return setGrouping(state, NONE);
}
