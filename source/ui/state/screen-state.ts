import type {Cursor, ListLevel, Namespaces} from '../../metrics/model/view.ts';
import type {Chooser} from './column-chooser.ts';
import type {FilterLine} from './filter-line.ts';
import {newPage, type Page} from './page.ts';
import type {ScreenMemory} from './screen-memory.ts';
import type {SortOrder} from './sort-order.ts';

/** What keys are for: the table, or what lies over it or is being edited. */
export type Mode =
	| {readonly kind: 'table'}
	| {
			readonly kind: 'overlay';
			readonly overlay: 'help' | 'explain' | 'events';
			/** First line that is shown. */
			readonly offset: number;
	  }
	| {
			readonly kind: 'filter';
			readonly line: FilterLine;
			/** Index of the remembered filter in the line; undefined for what is typed. */
			readonly recalled: number | undefined;
			/** The filter before it was edited, for Esc. */
			readonly before: string;
	  }
	| {readonly kind: 'chooser'; readonly chooser: Chooser};

export const TABLE: Mode = {kind: 'table'};

export type ScreenState = {
	/** The last is on the screen; going back removes it. */
	readonly pages: readonly [Page, ...Page[]];
	readonly cursor: Cursor;
	/** Time that sparklines and charts cover; undefined: as much as there is, up to five minutes. */
	readonly windowMs: number | undefined;
	readonly mode: Mode;
	/** Ids of rows that stay on top. */
	readonly marked: ReadonlySet<string>;
	/** Whether figures take the room of sparklines. */
	readonly isWide: boolean;
	/** Whether facts take the place of the charts. */
	readonly hasFacts: boolean;
	/** What the last key led to, until the next. */
	readonly message: string | undefined;
	readonly memory: ScreenMemory;
};

export function initialState(
	level: ListLevel,
	options: {
		readonly sort: SortOrder | undefined;
		readonly filter: string | undefined;
		readonly namespaces: Namespaces;
		readonly memory: ScreenMemory;
	},
): ScreenState {
	const {memory} = options;
	const first = newPage(level, {namespaces: options.namespaces}, undefined, memory);
	return {
		pages: [{...first, sort: options.sort ?? first.sort, filter: options.filter ?? ''}],
		cursor: 'live',
		windowMs: undefined,
		mode: TABLE,
		marked: new Set(),
		isWide: false,
		hasFacts: false,
		message: undefined,
		memory,
	};
}
