import {chartedBy} from '../../metrics/columns/charted-columns.ts';
import type {Cursor, Namespaces, PrintedLevel} from '../../metrics/model/view.ts';
import type {Chooser} from './column-chooser.ts';
import {newPage, type Page} from './page.ts';
import type {PromptLine} from './prompt-line.ts';
import type {ScreenMemory} from './screen-memory.ts';
import type {SortOrder} from './sort-order.ts';

/** What handles keys: the table, an overlay, a prompt, the column chooser or the list of contexts. */
export type Mode =
	| {readonly kind: 'table'}
	| {
			readonly kind: 'overlay';
			readonly overlay: 'help' | 'explain' | 'events';
			/** The first line on the screen. */
			readonly offset: number;
			/** The selected event; the first one if undefined. */
			readonly selectedId?: string | undefined;
	  }
	| {
			readonly kind: 'filter';
			readonly line: PromptLine;
			/** The index of the recalled filter; undefined for typed text. */
			readonly recalled: number | undefined;
			/** The filter before it was edited, for Esc. */
			readonly before: string;
	  }
	| {
			readonly kind: 'command';
			readonly line: PromptLine;
			/** The error of the command, until the text changes. */
			readonly problem: string | undefined;
	  }
	| {readonly kind: 'chooser'; readonly chooser: Chooser}
	/** The name of the selected context; undefined for the one on the screen. */
	| {readonly kind: 'contexts'; readonly selected: string | undefined};

export const TABLE: Mode = {kind: 'table'};

export type ScreenState = {
	/** The stack of open pages: the last is on the screen, and going back removes it. */
	readonly pages: readonly [Page, ...Page[]];
	readonly cursor: Cursor;
	/** The window of sparklines and charts; undefined: the available samples, at most five minutes. */
	readonly windowMs: number | undefined;
	readonly mode: Mode;
	/** Ids of the rows that stay at the top of their table. */
	readonly marked: ReadonlySet<string>;
	/** Whether sparklines are hidden to leave room for numbers. */
	readonly isWide: boolean;
	/** Whether statistics of the window replace sparklines. */
	readonly hasStatistics: boolean;
	/** Whether each chart of a wall has a scale of its own. */
	readonly hasOwnScales: boolean;
	/** Whether facts replace the charts. */
	readonly hasFacts: boolean;
	/** A message about the last key, shown until the next one, or for some seconds. */
	readonly message: string | undefined;
	readonly memory: ScreenMemory;
};

export function initialState(
	level: PrintedLevel,
	options: {
		readonly sort: SortOrder | undefined;
		readonly filter: string | undefined;
		readonly namespaces: Namespaces;
		readonly memory: ScreenMemory;
	},
): ScreenState {
	const {memory} = options;
	const scope = {namespaces: options.namespaces};
	const opened = newPage(level, scope, undefined, memory);
	const sort = options.sort ?? opened.sort;
	const charted = chartedBy(sort.column) ?? opened.charted;
	const shown = {...opened, sort, charted, filter: options.filter ?? ''};
	return {
		// Problems and processes are no tabs, so they lie over one.
		pages:
			level === 'problems' || level === 'processes'
				? [newPage('nodes', scope, undefined, memory), shown]
				: [shown],
		cursor: 'live',
		windowMs: undefined,
		mode: TABLE,
		marked: new Set(),
		isWide: false,
		hasStatistics: false,
		hasOwnScales: false,
		hasFacts: false,
		message: undefined,
		memory,
	};
}
