import type {SeriesName} from '../../metrics/row.ts';
import type {Level} from '../../metrics/view.ts';

/**
 * How a column of a level is laid out. `rank` is the order in which columns get room: the table drops from the last
 * rank on as it gets narrower. `width` is what it takes at least; a `share` of what is left over goes to it, up to
 * `most`.
 */
export type DisplayColumn = {
	/** A column's id, or `~` and a series for a sparkline. */
	readonly id: string;
	readonly rank: number;
	readonly width: number;
	readonly most: number;
	readonly series?: SeriesName;
};

const number = (id: string, rank: number, width: number): DisplayColumn => ({id, rank, width, most: width});
const name = (id: string, rank: number, width: number, most: number): DisplayColumn => ({
	id,
	rank,
	width,
	most,
});
const spark = (series: SeriesName, rank: number): DisplayColumn => ({
	id: `~${series}`,
	rank,
	width: 8,
	most: 30,
	series,
});

export const DISPLAY_COLUMNS: Readonly<Record<Level, readonly DisplayColumn[]>> = {
	nodes: [
		name('name', 0, 12, 32),
		number('cpu', 1, 5),
		number('cpu%', 4, 5),
		spark('cpuCores', 5),
		number('memory', 2, 7),
		number('memory%', 6, 5),
		spark('memoryWorkingSetBytes', 9),
		number('rss', 15, 7),
		number('rx', 7, 7),
		number('tx', 8, 7),
		spark('rxBytesPerSecond', 12),
		number('fs%', 10, 4),
		number('pods', 11, 5),
		number('containers', 13, 5),
		number('age', 14, 5),
		name('state', 3, 12, 26),
	],
	pods: [
		name('namespace', 3, 10, 20),
		name('name', 0, 18, 60),
		name('node', 9, 10, 24),
		number('cpu', 1, 5),
		spark('cpuCores', 4),
		number('memory', 2, 7),
		spark('memoryWorkingSetBytes', 8),
		number('rss', 12, 7),
		number('rx', 5, 7),
		number('tx', 6, 7),
		spark('rxBytesPerSecond', 11),
		number('containers', 10, 5),
		number('age', 7, 5),
	],
	containers: [
		name('namespace', 8, 9, 20),
		name('pod', 3, 14, 50),
		name('name', 0, 12, 32),
		name('node', 10, 10, 24),
		number('cpu', 1, 5),
		number('cpu%limit', 6, 5),
		spark('cpuCores', 4),
		number('memory', 2, 7),
		number('memory%limit', 5, 5),
		spark('memoryWorkingSetBytes', 9),
		number('rss', 12, 7),
		number('throttled', 7, 5),
		name('kind', 13, 9, 9),
		number('age', 11, 5),
	],
	namespaces: [
		name('name', 0, 16, 50),
		number('pods', 3, 5),
		number('containers', 9, 5),
		number('cpu', 1, 5),
		spark('cpuCores', 4),
		number('memory', 2, 7),
		spark('memoryWorkingSetBytes', 7),
		number('rss', 10, 7),
		number('rx', 5, 7),
		number('tx', 6, 7),
		spark('rxBytesPerSecond', 8),
	],
};

export type LaidOut = DisplayColumn & {readonly cells: number};

/** Cells between two columns. */
export const GAP = 1;

/** The columns that fit into `width` cells, each with its cells; the first in rank is there however narrow it is. */
export function layOut(columns: readonly DisplayColumn[], width: number): readonly LaidOut[] {
	const chosen = new Set<DisplayColumn>();
	let used = -GAP;
	for (const column of [...columns].sort((a, b) => a.rank - b.rank)) {
		if (used + GAP + column.width > width && chosen.size > 0) {
			break;
		}

		chosen.add(column);
		used += GAP + column.width;
	}

	const cells = new Map([...chosen].map(column => [column, Math.min(column.width, Math.max(width, 1))]));
	// What is left goes round the growing columns, a cell each at a time.
	let left = width - used;
	while (left > 0) {
		const growing = [...chosen].filter(column => (cells.get(column) ?? 0) < column.most);
		if (growing.length === 0) {
			break;
		}

		for (const column of growing.slice(0, left)) {
			cells.set(column, (cells.get(column) ?? 0) + 1);
			left--;
		}
	}

	return columns
		.filter(column => chosen.has(column))
		.map(column => ({...column, cells: cells.get(column) ?? 0}));
}
