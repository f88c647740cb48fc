/** A list below a line of headings, which scrolls so that the selected item is in the middle, as far as there are items. */
export type ListWindow = {
	readonly count: number;
	readonly selected: number;
	/** The number of items that fit. */
	readonly room: number;
};

/** The index of the first item on the screen. */
export function firstListed({count, selected, room}: ListWindow): number {
	return Math.max(Math.min(selected - Math.floor(room / 2), count - room), 0);
}

/** The index of the item on a line, counted from the headings; undefined if there is none. */
export function listedAt(window: ListWindow, line: number): number | undefined {
	const index = firstListed(window) + line - 1;
	return line >= 1 && line <= window.room && index < window.count ? index : undefined;
}
