import {actionOf} from './keymap.ts';
import {movedTo} from './moved-to.ts';

/** The state of the column chooser: all columns, the chosen ones first and in their order. */
export type Chooser = {
	readonly items: ReadonlyArray<{readonly id: string; readonly isShown: boolean}>;
	readonly cursor: number;
	/** Ids of the chosen columns; undefined for the default ones. */
	readonly chosen: readonly string[] | undefined;
	readonly isDone: boolean;
};

/** Ids of all columns of a table, and of the default ones. */
export type Choice = {readonly all: readonly string[]; readonly defaults: readonly string[]};

export function openChooser({all, defaults}: Choice, chosen: readonly string[] | undefined): Chooser {
	const shown = chosen?.filter(id => all.includes(id)) ?? defaults;
	return {
		items: [
			...shown.map(id => ({id, isShown: true})),
			...all.filter(id => !shown.includes(id)).map(id => ({id, isShown: false})),
		],
		cursor: 0,
		chosen,
		isDone: false,
	};
}

/** Handles a key: move the cursor, show or hide a column, move it, reset to the defaults, or close. Ignores other keys. */
export function chooseColumns(chooser: Chooser, key: string, choice: Choice, pageRows: number): Chooser {
	const {items, cursor} = chooser;
	const at = (index: number): Chooser => ({
		...chooser,
		cursor: Math.min(Math.max(index, 0), Math.max(items.length - 1, 0)),
	});
	const action = actionOf(key);
	const to = action && movedTo(cursor, action, pageRows, items.length - 1);
	if (to !== undefined) {
		return at(to);
	}

	switch (key) {
		case 'space':
		case 'x':
			return changed(
				chooser,
				items.map((item, index) => (index === cursor ? {...item, isShown: !item.isShown} : item)),
				cursor,
			);
		case '<':
		case 'K':
		case 'left':
		case ',':
			return moved(chooser, -1);
		case '>':
		case 'J':
		case 'right':
		case '.':
			return moved(chooser, 1);
		case 'r':
			return openChooser(choice, undefined);
		case 'enter':
		case 'esc':
		case 'q':
		case 'o':
		case 'f2':
		case 'ctrl-c':
			return {...chooser, isDone: true};
		default:
			return chooser;
	}
}

function moved(chooser: Chooser, by: number): Chooser {
	const {items, cursor} = chooser;
	const to = cursor + by;
	const item = items[cursor];
	const other = items[to];
	if (item === undefined || other === undefined) {
		return chooser;
	}

	return changed(
		chooser,
		items.map((known, index) => (index === cursor ? other : index === to ? item : known)),
		to,
	);
}

/** Applies a change, but never hides the last column. */
function changed(chooser: Chooser, items: Chooser['items'], cursor: number): Chooser {
	const chosen = items.flatMap(({id, isShown}) => (isShown ? [id] : []));
	return chosen.length === 0 ? chooser : {...chooser, items, cursor, chosen};
}
