import {CLUSTER_DISPLAY} from '../../../metrics/columns/cluster-column.ts';
import type {DisplayColumn} from '../../../metrics/columns/display-column.ts';
import type {Level} from '../../../metrics/model/view.ts';
import {
	choosableColumns,
	displayColumns,
	SPARE_RANK,
	STATISTICS_RANK,
	spareColumns,
	statisticColumns,
} from './display-columns.ts';

export type ColumnOptions = {
	readonly hasInventory: boolean;
	/** Whether several clusters are read, so that each row says which it is of. */
	readonly hasClusters?: boolean;
	/** Ids of the columns that the user chose, in their order; undefined for the default ones. */
	readonly chosen: readonly string[] | undefined;
	/** Whether there are no sparklines, to leave room for numbers. */
	readonly isWide: boolean;
	/** Whether all statistics of the window are shown, in place of sparklines. */
	readonly hasStatistics: boolean;
	/** The id of the column that rows are sorted by, which is shown whatever else is; undefined if none needs to be. */
	readonly sortedBy?: string | undefined;
};

/** Chosen spare columns rank after the first three columns, which every table needs. */
const CHOSEN_RANK = 3 - 0.5;

/** The column that rows are sorted by ranks after the first one. */
const SORTED_RANK = 0.5;

/** The 95th percentile of what rows are sorted by, or else of CPU, ranks before what else is in use. */
const LEADING_RANK = 0.75;

/** Of the statistics that are shown together, the first rank like chosen columns, and the others after two more. */
const FIRST_STATISTICS = 4;
const LAST_STATISTICS_RANK = 5 - 0.5;

/**
 * The columns that a table shows if they fit: the chosen ones, else the default and spare ones. If the user changed the
 * order, the rank is the position; a chosen spare column ranks before most default ones.
 */
export function wantedColumns(level: Level, options: ColumnOptions): readonly DisplayColumn[] {
	const {hasInventory, hasClusters, chosen, isWide, hasStatistics, sortedBy} = options;
	const all = choosableColumns(level, hasInventory);
	const byId = new Map(all.map(column => [column.id, column]));
	const isReordered = chosen !== undefined && !isInOrder(chosen, all);
	const unchosen = [...displayColumns(level, hasInventory), ...spareColumns(level, hasInventory)];
	const wanted =
		chosen?.flatMap((id, place): readonly DisplayColumn[] => {
			const column = byId.get(id);
			if (column === undefined) {
				return [];
			}

			const rank = isReordered ? place : column.rank;
			return [{...column, rank: column.rank < SPARE_RANK ? rank : Math.min(rank, CHOSEN_RANK)}];
		}) ?? unchosen;
	const kept = isWide || hasStatistics ? wanted.filter(({series}) => series === undefined) : wanted;
	const shown = kept.length === 0 ? unchosen : kept;
	const known = hasStatistics
		? withStatistics(shown, statisticColumns(level, hasInventory), sortedBy)
		: shown;
	const columns = withSorted(known, sortedBy === undefined ? undefined : byId.get(sortedBy));
	return hasClusters ? [CLUSTER_DISPLAY, ...columns] : columns;
}

/** With the column that rows are sorted by: on a narrow screen in place of another one. */
function withSorted(
	columns: readonly DisplayColumn[],
	sorted: DisplayColumn | undefined,
): readonly DisplayColumn[] {
	if (sorted === undefined) {
		return columns;
	}

	return columns.some(({id}) => id === sorted.id)
		? columns.map(column =>
				column.id === sorted.id ? {...column, rank: Math.min(column.rank, SORTED_RANK)} : column,
			)
		: besideTheirFigures(columns, [{...sorted, rank: SORTED_RANK}]);
}

/** All statistics among other columns: those of CPU after the CPU in use, those of memory after the memory. */
function withStatistics(
	columns: readonly DisplayColumn[],
	statistics: readonly DisplayColumn[],
	sortedBy: string | undefined,
): readonly DisplayColumn[] {
	const leading = sortedBy === 'memory' ? 'memory-p95' : 'cpu-p95';
	const ranked = statistics.map(column => {
		if (column.id === leading) {
			return {...column, rank: LEADING_RANK};
		}

		const rank = column.rank - STATISTICS_RANK;
		return {...column, rank: (rank < FIRST_STATISTICS ? CHOSEN_RANK : LAST_STATISTICS_RANK) + rank / 100};
	});
	const ids = new Set(statistics.map(({id}) => id));
	return besideTheirFigures(
		columns.filter(({id}) => !ids.has(id)),
		ranked,
	);
}

/** Adds columns: what goes with CPU or memory after that, the others at the end. */
function besideTheirFigures(
	columns: readonly DisplayColumn[],
	added: readonly DisplayColumn[],
): readonly DisplayColumn[] {
	const placed = columns.flatMap(column => [
		column,
		...added.filter(({id}) => FIGURES.has(column.id) && id.startsWith(`${column.id}-`)),
	]);
	return [...placed, ...added.filter(column => !placed.includes(column))];
}

const FIGURES: ReadonlySet<string> = new Set(['cpu', 'memory']);

function isInOrder(chosen: readonly string[], all: readonly DisplayColumn[]): boolean {
	const places = chosen.map(id => all.findIndex(column => column.id === id)).filter(place => place !== -1);
	return places.every((place, index) => index === 0 || place > (places[index - 1] ?? 0));
}
