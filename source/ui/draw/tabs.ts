import type {Level} from '../../metrics/model/view.ts';

/** The number of rows of each tab, if known. */
export type TabCounts = Readonly<Partial<Record<Level, number | undefined>>>;

/** Each with its name, and a short one as kubectl has it where it does. */
const LEVELS: ReadonlyArray<readonly [Level, name: string, short: string]> = [
	['nodes', 'Nodes', 'Nodes'],
	['pods', 'Pods', 'Pods'],
	['containers', 'Containers', 'Cont'],
	['namespaces', 'Namespaces', 'NS'],
	['tree', 'Tree', 'Tree'],
	['workloads', 'Workloads', 'Work'],
];

/** Cells that stay free right of the tabs, for the order and the number of rows. */
const BESIDE = 26;

export type Tab = {readonly level: Level; readonly text: string};

/** The tabs from left to right: with counts, with names only, or with short names, whichever fits. */
export function tabsOf(width: number, counts: TabCounts): readonly Tab[] {
	const named = LEVELS.map(([level, name], index) => ({level, text: ` ${index + 1} ${name} `}));
	const counted = LEVELS.map(([level, name], index) => {
		const count = counts[level];
		return {level, text: ` ${index + 1} ${name}${count === undefined ? '' : ` ${count}`} `};
	});
	const short = LEVELS.map(([level, , name], index) => ({level, text: ` ${index + 1} ${name} `}));
	return [counted, named].find(tabs => cellsOf(tabs) + BESIDE <= width) ?? short;
}

export function cellsOf(tabs: readonly Tab[]): number {
	return tabs.reduce((sum, {text}) => sum + text.length, 0);
}
