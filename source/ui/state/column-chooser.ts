/** Columns being chosen: all that there are, those that are wanted in their order first. */
export type Chooser = {
	readonly items: ReadonlyArray<{readonly id: string; readonly isShown: boolean}>;
	readonly cursor: number;
	/** Ids of the columns that are wanted; undefined for the usual ones. */
	readonly chosen: readonly string[] | undefined;
	readonly isDone: boolean;
};

/** What there is to choose from, and what is shown without a choice. */
export type Choice = {readonly all: readonly string[]; readonly usual: readonly string[]};

export function openChooser({all, usual}: Choice, chosen: readonly string[] | undefined): Chooser {
	const shown = chosen?.filter(id => all.includes(id)) ?? usual;
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

/** What a key does: move, show or hide, put earlier or later, take the usual ones again, end; others do nothing. */
export function chooseColumns(chooser: Chooser, key: string, choice: Choice, pageRows: number): Chooser {
	const {items, cursor} = chooser;
	const at = (index: number): Chooser => ({
		...chooser,
		cursor: Math.min(Math.max(index, 0), Math.max(items.length - 1, 0)),
	});
	switch (key) {
		case 'up':
		case 'k':
			return at(cursor - 1);
		case 'down':
		case 'j':
			return at(cursor + 1);
		case 'pageup':
		case 'ctrl-b':
			return at(cursor - pageRows);
		case 'pagedown':
		case 'ctrl-f':
			return at(cursor + pageRows);
		case 'home':
		case 'g':
			return at(0);
		case 'end':
		case 'G':
			return at(items.length - 1);
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

/** A table without a column would show nothing: the last one stays. */
function changed(chooser: Chooser, items: Chooser['items'], cursor: number): Chooser {
	const chosen = items.flatMap(({id, isShown}) => (isShown ? [id] : []));
	return chosen.length === 0 ? chooser : {...chooser, items, cursor, chosen};
}
