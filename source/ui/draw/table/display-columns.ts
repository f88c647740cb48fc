import type {SeriesName} from '../../../metrics/model/row.ts';
import type {Level} from '../../../metrics/model/view.ts';

/**
 * How a column of a level is laid out. `rank` is the order in which columns get room, and all that decides it: the
 * table drops from the last rank on as it gets narrower. `width` is what it takes at least; what is left over goes to
 * names and then to sparklines, up to `most`.
 */
export type DisplayColumn = {
	/** A column's id, or `~` and a series for a sparkline. */
	readonly id: string;
	readonly rank: number;
	readonly width: number;
	readonly most: number;
	readonly series?: SeriesName;
	/** Empty without an API server, and left out then. */
	readonly isOfInventory?: true;
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

const ofInventory = (column: DisplayColumn): DisplayColumn => ({...column, isOfInventory: true});

const COLUMNS: Readonly<Record<Level, readonly DisplayColumn[]>> = {
	nodes: [
		name('name', 0, 12, 32),
		ofInventory(name('status', 4, 8, 24)),
		ofInventory(name('roles', 20, 7, 16)),
		number('cpu', 1, 5),
		number('cpu%', 5, 5),
		spark('cpuCores', 6),
		ofInventory(number('cpu%requested', 13, 5)),
		ofInventory(number('cpu%limited', 18, 5)),
		number('memory', 2, 7),
		number('memory%', 7, 5),
		spark('memoryWorkingSetBytes', 10),
		ofInventory(number('memory%requested', 14, 5)),
		ofInventory(number('memory%limited', 19, 5)),
		number('rss', 22, 7),
		number('rx', 8, 7),
		number('tx', 9, 7),
		spark('rxBytesPerSecond', 15),
		number('fs%', 11, 4),
		number('pods', 12, 5),
		ofInventory(number('pods%', 21, 5)),
		number('containers', 23, 5),
		number('age', 16, 5),
		ofInventory(name('version', 17, 8, 14)),
		name('state', 3, 12, 26),
	],
	pods: [
		name('namespace', 3, 10, 20),
		name('name', 0, 18, 60),
		ofInventory(number('ready', 9, 5)),
		ofInventory(name('status', 4, 9, 24)),
		ofInventory(number('restarts', 8, 4)),
		name('node', 12, 10, 24),
		number('cpu', 1, 5),
		ofInventory(number('cpu%request', 14, 5)),
		ofInventory(number('cpu%limit', 16, 5)),
		spark('cpuCores', 5),
		number('memory', 2, 7),
		ofInventory(number('memory%request', 15, 5)),
		ofInventory(number('memory%limit', 13, 5)),
		spark('memoryWorkingSetBytes', 11),
		number('rss', 20, 7),
		number('rx', 6, 7),
		number('tx', 7, 7),
		spark('rxBytesPerSecond', 17),
		number('containers', 21, 5),
		ofInventory(name('workload', 18, 14, 34)),
		ofInventory(name('qos', 19, 10, 10)),
		number('age', 10, 5),
	],
	containers: [
		name('namespace', 9, 9, 20),
		name('pod', 3, 14, 50),
		name('name', 0, 12, 32),
		ofInventory(name('status', 7, 9, 20)),
		ofInventory(number('restarts', 10, 4)),
		ofInventory(name('last', 14, 13, 18)),
		name('node', 13, 10, 24),
		number('cpu', 1, 5),
		number('cpu%limit', 6, 5),
		ofInventory(number('cpu-request', 18, 6)),
		number('cpu-limit', 17, 6),
		spark('cpuCores', 4),
		number('memory', 2, 7),
		number('memory%limit', 5, 5),
		ofInventory(number('memory-request', 16, 7)),
		number('memory-limit', 15, 7),
		spark('memoryWorkingSetBytes', 11),
		number('rss', 19, 7),
		number('throttled', 8, 5),
		name('kind', 20, 9, 9),
		number('age', 12, 5),
	],
	namespaces: [
		name('name', 0, 16, 50),
		number('pods', 3, 5),
		number('containers', 13, 5),
		number('cpu', 1, 5),
		ofInventory(number('cpu-request', 7, 6)),
		ofInventory(number('cpu%request', 11, 5)),
		ofInventory(number('cpu-limit', 9, 6)),
		spark('cpuCores', 4),
		number('memory', 2, 7),
		ofInventory(number('memory-request', 8, 7)),
		ofInventory(number('memory%request', 12, 5)),
		ofInventory(number('memory-limit', 10, 7)),
		spark('memoryWorkingSetBytes', 14),
		number('rss', 16, 7),
		number('rx', 5, 7),
		number('tx', 6, 7),
		spark('rxBytesPerSecond', 15),
	],
	tree: [
		name('name', 0, 24, 64),
		name('namespace', 10, 10, 20),
		ofInventory(name('status', 4, 9, 24)),
		ofInventory(number('restarts', 7, 4)),
		name('node', 14, 10, 24),
		number('cpu', 1, 5),
		ofInventory(number('cpu-request', 11, 6)),
		ofInventory(number('cpu-limit', 12, 6)),
		spark('cpuCores', 3),
		number('memory', 2, 7),
		ofInventory(number('memory-request', 9, 7)),
		ofInventory(number('memory-limit', 8, 7)),
		spark('memoryWorkingSetBytes', 13),
		number('rx', 5, 7),
		number('tx', 6, 7),
		number('age', 15, 5),
	],
};

/** From this rank on columns come where there is room to spare, once names are whole and sparklines of a good length. */
export const SPARE_RANK = 100;

type Unranked = Omit<DisplayColumn, 'rank'>;

const spare = (id: string, width: number, most = width): Unranked => ({id, width, most});
const spareOfInventory = (id: string, width: number, most: number): Unranked => ({
	...spare(id, width, most),
	isOfInventory: true,
});

/** Columns that come by themselves on a wide screen alone, since most have them for one question: what tells most first. */
const SPARE: Readonly<Record<Level, readonly Unranked[]>> = {
	nodes: [
		spare('psi-cpu', 5),
		spare('psi-memory', 5),
		spare('psi-io', 6),
		spare('inodes%', 4),
		spare('memory-left', 7),
		spare('net-errors', 5),
		spare('major-faults', 5),
		spare('faults', 6),
		spare('swap', 7),
		spare('processes', 5),
		spareOfInventory('taints', 12, 30),
		spareOfInventory('os', 12, 24),
		spare('route', 8, 16),
		spare('data-age', 5),
	],
	pods: [
		spare('volumes%', 4),
		spare('volume-inodes%', 5),
		spareOfInventory('last', 13, 18),
		spareOfInventory('oom', 8, 16),
		spare('psi-cpu', 5),
		spare('psi-memory', 5),
		spare('psi-io', 6),
		spareOfInventory('ephemeral%', 4, 4),
		spare('ephemeral', 7),
		spare('net-errors', 5),
		spare('major-faults', 5),
		spare('faults', 6),
		spare('volume', 10, 24),
		spare('swap', 7),
		spare('processes', 5),
		spare('data-age', 5),
	],
	containers: [
		spare('memory-left', 7),
		spareOfInventory('oom', 8, 16),
		spare('psi-cpu', 5),
		spare('psi-memory', 5),
		spare('psi-io', 6),
		spare('major-faults', 5),
		spare('faults', 6),
		spare('rootfs', 7),
		spare('logs', 7),
		spare('swap', 7),
		spare('processes', 5),
		spare('image', 16, 40),
		spare('data-age', 5),
	],
	namespaces: [
		spareOfInventory('restarts', 4, 4),
		spareOfInventory('oom-killed', 4, 4),
		spare('volumes%', 4),
		spare('net-errors', 5),
		spare('ephemeral', 7),
	],
	tree: [
		spareOfInventory('oom-killed', 4, 4),
		spare('volumes%', 4),
		spare('net-errors', 5),
		spare('ephemeral', 7),
	],
};

/** The columns that come where the usual ones leave room, the last to be dropped first. */
export function spareColumns(level: Level, hasInventory: boolean): readonly DisplayColumn[] {
	return SPARE[level]
		.map((column, index) => ({...column, rank: SPARE_RANK + index}))
		.filter(({isOfInventory}) => hasInventory || isOfInventory !== true);
}

/** All columns that may be chosen, the usual ones first. */
export function choosableColumns(level: Level, hasInventory: boolean): readonly DisplayColumn[] {
	return [...displayColumns(level, hasInventory), ...spareColumns(level, hasInventory)];
}

/** The usual columns of a level, without those that nothing could fill. */
export function displayColumns(level: Level, hasInventory: boolean): readonly DisplayColumn[] {
	return hasInventory ? COLUMNS[level] : COLUMNS[level].filter(({isOfInventory}) => isOfInventory !== true);
}
