import type {Row} from '../../metrics/model/row.ts';
import type {FilterAdvice} from '../../metrics/view/filter-advice.ts';
import type {Choice} from './column-chooser.ts';
import type {Vocabulary} from './complete-filter.ts';

/** The data on the screen when a key is pressed. The reducer has no other access to data. */
export type Visible = {
	readonly rows: readonly Row[];
	/** Ids of the columns that can be sorted by. */
	readonly sortable: readonly string[];
	/** Ids of the columns on the screen, from left to right. */
	readonly shownColumns: () => readonly string[];
	/** The columns of the table for the column chooser. */
	readonly choosable: Choice;
	/** The names of all namespaces with pods. */
	readonly namespaces: () => readonly string[];
	/** The words that can complete a filter. */
	readonly vocabulary: Vocabulary;
	/** The error of a filter for the table; undefined if it is valid. */
	readonly filterProblem: (filter: string) => string | undefined;
	/** Whether the table's filter is valid and matches rows. */
	readonly filterAdvice: FilterAdvice;
	/** The number of lines of the overlay that do not fit on the screen. */
	readonly overlayRest: number;
	/** The number of pages of facts; 1 without facts. */
	readonly factsPages: number;
	/** The number of rows of the table that fit on the screen. */
	readonly height: number;
	readonly nowMs: number;
	readonly span: {readonly oldestMs: number; readonly newestMs: number} | undefined;
	/** The length of a step of `[` and `]`. */
	readonly stepMs: number;
	readonly windowLimitMs: number;
};
