import type {ClusterRow} from '../../metrics/row.ts';
import type {Level, View} from '../../metrics/view.ts';

/** The number of rows behind each tab, where it is known. */
export type TabCounts = Readonly<Partial<Record<Level, number>>>;

const LEVELS: ReadonlyArray<readonly [Level, string]> = [
	['nodes', 'Nodes'],
	['pods', 'Pods'],
	['containers', 'Containers'],
	['namespaces', 'Namespaces'],
	['tree', 'Tree'],
];

/** Cells right of the tabs for the order and the number of rows: counts leave that free, and names at least the number. */
const BESIDE_COUNTS = 26;
const BESIDE_NAMES = 10;

export type Tab = {readonly level: Level; readonly text: string};

/** The tabs from left to right: with counts, with names alone, or shortened, whichever fits. */
export function tabsOf(width: number, counts: TabCounts): readonly Tab[] {
	const named = LEVELS.map(([level, name], index) => ({level, text: ` ${index + 1} ${name} `}));
	const counted = LEVELS.map(([level, name], index) => {
		const count = counts[level];
		return {level, text: ` ${index + 1} ${name}${count === undefined ? '' : ` ${count}`} `};
	});
	const short = LEVELS.map(([level, name], index) => ({level, text: ` ${index + 1} ${name.slice(0, 4)} `}));
	if (cellsOf(counted) + BESIDE_COUNTS <= width) {
		return counted;
	}

	return cellsOf(named) + BESIDE_NAMES <= width ? named : short;
}

/** The current table's own number of rows, and the cluster's for the other levels; those are unknown within one namespace. */
export function tabCounts(
	cluster: ClusterRow,
	view: View | undefined,
	namespace: string | undefined,
): TabCounts {
	const {nodes, pods, nodesRead} = cluster;
	const containers = nodesRead === 0 ? {} : {containers: cluster.containers};
	return {
		...(namespace === undefined ? {nodes, pods, ...containers} : {nodes}),
		...(view === undefined || view.level === 'tree' ? {} : {[view.level]: view.total}),
	};
}

export function cellsOf(tabs: readonly Tab[]): number {
	return tabs.reduce((sum, {text}) => sum + text.length, 0);
}
