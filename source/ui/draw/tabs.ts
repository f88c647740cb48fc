import type {Level} from '../../metrics/model/view.ts';

/** The number of rows of each tab, if known. */
export type TabCounts = Readonly<Partial<Record<Level, number | undefined>>>;

const LEVELS: ReadonlyArray<readonly [Level, string]> = [
	['nodes', 'Nodes'],
	['pods', 'Pods'],
	['containers', 'Containers'],
	['namespaces', 'Namespaces'],
	['tree', 'Tree'],
	['workloads', 'Workloads'],
];

/** Cells that stay free right of tabs with counts, for the order and the number of rows, and of tabs without counts. */
const BESIDE_COUNTS = 26;
const BESIDE_NAMES = 10;

export type Tab = {readonly level: Level; readonly text: string};

/** The tabs from left to right: with counts, with names only, or with short names, whichever fits. */
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

export function cellsOf(tabs: readonly Tab[]): number {
	return tabs.reduce((sum, {text}) => sum + text.length, 0);
}
