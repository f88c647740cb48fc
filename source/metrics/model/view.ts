import type {Column} from './column.ts';
import type {ListCounts} from './counts.ts';
import type {
	ClusterRow,
	ContainerRow,
	NamespaceRow,
	NodeRow,
	PodRow,
	ProblemRow,
	ProcessRow,
	Row,
	SeriesName,
	TreeRow,
	WorkloadRow,
} from './row.ts';
import type {RowList} from './row-list.ts';
import type {StatisticSeries, Statistics, StatisticsOf} from './statistics.ts';

export type Level =
	| 'nodes'
	| 'pods'
	| 'containers'
	| 'namespaces'
	| 'tree'
	| 'workloads'
	| 'processes'
	| 'problems';

/** The levels whose rows a source lists; the rows of all others are made of these. */
export type ListLevel = Exclude<Level, 'tree' | 'problems'>;

/** The levels that commands and formats print: plain lists. */
export type PrintedLevel = Exclude<Level, 'tree'>;

export type RowOf = {
	readonly nodes: NodeRow;
	readonly pods: PodRow;
	readonly containers: ContainerRow;
	readonly namespaces: NamespaceRow;
	readonly tree: TreeRow;
	readonly workloads: WorkloadRow;
	readonly processes: ProcessRow;
	readonly problems: ProblemRow;
};

/** A function for the rows of each level. A mapped type, so that `rows[level]()` has the level's row type. */
export type RowsByLevel = {readonly [L in ListLevel]: () => ReadonlyArray<RowOf[L]>};

/** Names of namespaces; undefined: all there are. */
export type Namespaces = readonly string[] | undefined;

/** Narrows to what is inside one cluster, node, pod, workload or some namespaces; every given part must match. */
export type Scope = {
	/** Of several. */
	readonly cluster?: string | undefined;
	readonly nodeId?: string | undefined;
	readonly podId?: string | undefined;
	readonly workloadId?: string | undefined;
	readonly namespaces?: Namespaces;
};

/** All rows of a level within a scope, in no order. */
export type RowsOf = <L extends ListLevel>(level: L, scope: Scope) => ReadonlyArray<RowOf[L]>;

/** Nodes or pods in groups of those with the same text: the id of a column, or `label:` and the name of a label. */
export type Grouping = {readonly of: 'nodes' | 'pods'; readonly key: string};

/** The roots of a tree, and the ids of its open rows. */
export type TreeShape = {
	readonly by: 'nodes' | 'namespaces' | Grouping;
	readonly open: ReadonlySet<string>;
};

export type Query<L extends Level = Level> = {
	readonly level: L;
	readonly scope?: Scope | undefined;
	/** For the level `tree`: its roots and the open rows. */
	readonly tree?: TreeShape | undefined;
	/** The length of the window that statistics are of; undefined: there are no such columns. */
	readonly windowMs?: number | undefined;
	/** What `parseFilter` reads. */
	readonly filter?: string | undefined;
	/** A column's id; unknown values last, ties by name. */
	readonly sort?: {readonly column: string; readonly isDescending: boolean} | undefined;
};

/** Which moment to look at: the newest samples, or the newest that are not later than a past time. */
export type Cursor = 'live' | {readonly atMs: number};

/** A table at one moment. */
export type View<L extends Level = Level> = {
	readonly level: L;
	readonly columns: ReadonlyArray<Column<RowOf[L]>>;
	/** Sorted and filtered; a filter that is wrong hides nothing. */
	readonly rows: RowList<RowOf[L]>;
	/** How many there were before the filter. */
	readonly total: number;
	readonly atMs: number;
	/** Whether these are rows as they were asked for before, since those of the question are not ready yet. */
	readonly isPending?: boolean;
};

/** The last view itself, which is pending; what is likely to be asked for next; or nothing. */
export type Unprepared = 'view' | 'next' | 'nothing';

/** All rows of one moment, which do not change any more. */
export type Moment = {
	/** Undefined for a view that is to be made of `rows`. */
	readonly view: <L extends Level>(
		query: Query<L>,
		nowMs: number,
		statistics?: StatisticsOf,
	) => View<L> | undefined;
	/** As that of a source. */
	readonly prepare: (hasTime: () => boolean) => Unprepared;
	readonly counts: (namespaces: Namespaces) => ListCounts;
	/** All rows of a level, or those on a node; of pods and containers also those in some namespaces. */
	readonly rows: <L extends ListLevel>(
		level: L,
		scope: Pick<Scope, 'nodeId' | 'namespaces'>,
	) => ReadonlyArray<RowOf[L]>;
};

/** A time range in equal steps: `points` values, the last step ending at `endMs`. */
export type HistoryWindow = {
	readonly points: number;
	readonly stepMs: number;
	readonly endMs: number;
};

/** A time range, on ktop's clock. */
export type Span = {readonly oldestMs: number; readonly newestMs: number};

/**
 * All that a screen or a pipe may ask; the store answers it. `version` changes with every change of the answers, so
 * that nothing is drawn twice. Its functions may be passed on without it.
 */
export type Source = {
	readonly version: number;
	readonly view: <L extends Level>(query: Query<L>, cursor: Cursor, nowMs: number) => View<L>;
	readonly cluster: (cursor: Cursor, nowMs: number) => ClusterRow;
	/** Goes on with the last view as long as there is time; returns what is left. Missing where views are never pending. */
	readonly prepare?: (hasTime: () => boolean) => Unprepared;
	/** The newest rows, kept as they are now; undefined or missing where they are to be read. */
	readonly freeze?: (nowMs: number) => Moment | undefined;
	/** How many rows the tables have. */
	readonly counts: (namespaces: Namespaces, cursor: Cursor, nowMs: number) => ListCounts;
	/** All rows of a level within a scope, in no order. */
	readonly rows: <L extends ListLevel>(
		level: L,
		scope: Scope,
		cursor: Cursor,
		nowMs: number,
	) => ReadonlyArray<RowOf[L]>;
	/** One row by its id at the cursor; undefined when it is gone. */
	readonly find: <L extends ListLevel>(
		level: L,
		id: string,
		cursor: Cursor,
		nowMs: number,
	) => RowOf[L] | undefined;
	/** Means of the samples in each step; NaN where there was none, which is drawn as a gap. */
	readonly history: (row: Row, series: SeriesName, window: HistoryWindow) => Float64Array;
	/** Statistics of a row's samples after the beginning of a span, up to its end; undefined without a sample. */
	readonly statistics: (row: Row, series: StatisticSeries, span: Span) => Statistics | undefined;
	readonly clusterHistory: (series: SeriesName, window: HistoryWindow) => Float64Array;
	/** The oldest and newest moment that the rings hold, on ktop's clock; undefined before the first sample. */
	readonly span: () => Span | undefined;
};
