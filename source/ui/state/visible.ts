import type {ClusterContext} from '../../metrics/model/cluster-context.ts';
import type {Row} from '../../metrics/model/row.ts';
import type {RowList} from '../../metrics/model/row-list.ts';
import type {FilterAdvice} from '../../metrics/view/filter-advice.ts';
import type {GroupKey} from '../../metrics/view/group-rows.ts';
import type {Choice} from './column-chooser.ts';
import type {Vocabulary} from './complete-filter.ts';

/** Rows side by side on the screen, several a line. */
export type Grid = {
	/** The index of the row `by` lines below an index, as near as there is one. */
	readonly below: (index: number, by: number) => number;
	/** The line of a row. */
	readonly lineOf: (index: number) => number;
	readonly lines: number;
};

/** An event, and the row that it is about, if it still exists. */
export type ListedEvent = {readonly id: string; readonly name: string; readonly row: () => Row | undefined};

/** The data on the screen when a key is pressed. The reducer has no other access to data. */
export type Visible = {
	readonly rows: RowList<Row>;
	/** Ids of the columns that can be sorted by. */
	readonly sortable: readonly string[];
	/** Ids of the columns on the screen, from left to right. */
	readonly shownColumns: () => readonly string[];
	/** The columns of the table for the column chooser. */
	readonly choosable: Choice;
	/** The names of all namespaces with pods. */
	readonly namespaces: () => readonly string[];
	/** The contexts of the kubeconfig; none until it is read, which a call begins. */
	readonly contexts: () => readonly ClusterContext[];
	/** The name of the context on the screen. */
	readonly context: string | undefined;
	/** The words that can complete a filter. */
	readonly vocabulary: Vocabulary;
	/** The error of a filter for the table; undefined if it is valid. */
	readonly filterProblem: (filter: string) => string | undefined;
	/** Whether the table's filter is valid and matches rows. */
	readonly filterAdvice: FilterAdvice;
	/** The events of the overlay, as they are listed. */
	readonly events: () => readonly ListedEvent[];
	/** The number of lines of the overlay that do not fit on the screen. */
	readonly overlayRest: number;
	/** The number of pages of facts; 1 without facts. */
	readonly factsPages: number;
	/** Undefined where each line is one row. */
	readonly grid: Grid | undefined;
	/** What the map, or the rows that fold, are grouped by. */
	readonly groupedBy: GroupKey | undefined;
	/**
	 * The keys that the rows, or those that are folded, can be grouped by: texts of which some row has a value, those of the
	 * layout first, in its order.
	 */
	readonly groupKeys: () => Iterable<GroupKey>;
	/** The names of their labels. */
	readonly groupLabels: () => readonly string[];
	/** The number of lines of the table or the grid that fit on the screen. */
	readonly height: number;
	readonly nowMs: number;
	readonly span: {readonly oldestMs: number; readonly newestMs: number} | undefined;
	/** The length of a step of `[` and `]`. */
	readonly stepMs: number;
	readonly windowLimitMs: number;
};
