import type {Row} from '../../metrics/model/row.ts';
import type {FilterAdvice} from '../../metrics/view/filter-advice.ts';
import type {Choice} from './column-chooser.ts';
import type {Vocabulary} from './complete-filter.ts';

/** What the screen shows when a key is pressed: the reducer knows no more of the data than this. */
export type Visible = {
	readonly rows: readonly Row[];
	/** Ids of the columns that can be sorted by. */
	readonly sortable: readonly string[];
	/** Ids of those on the screen, from left to right. */
	readonly shownColumns: () => readonly string[];
	/** Ids of all columns of the table, and of those that are shown by default. */
	readonly choosable: Choice;
	/** What a filter may be completed with. */
	readonly vocabulary: Vocabulary;
	/** What there is to say of the table's filter. */
	readonly filterAdvice: FilterAdvice;
	/** Lines of the overlay beyond what fits. */
	readonly overlayRest: number;
	/** Rows of the table that fit. */
	readonly height: number;
	readonly nowMs: number;
	readonly span: {readonly oldestMs: number; readonly newestMs: number} | undefined;
	/** How far one step through time goes. */
	readonly stepMs: number;
	readonly windowLimitMs: number;
};
