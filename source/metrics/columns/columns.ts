import {type Column, isText} from '../model/column.ts';
import type {Level, RowOf} from '../model/view.ts';
import {CONTAINER_COLUMNS, CONTAINER_LAYOUT} from './container-columns.ts';
import type {Layout} from './display-column.ts';
import {NAMESPACE_COLUMNS, NAMESPACE_LAYOUT} from './namespace-columns.ts';
import {NODE_COLUMNS, NODE_LAYOUT} from './node-columns.ts';
import {POD_COLUMNS, POD_LAYOUT} from './pod-columns.ts';
import {PROBLEM_COLUMNS, PROBLEM_LAYOUT} from './problem-columns.ts';
import {PROCESS_COLUMNS, PROCESS_LAYOUT} from './process-columns.ts';
import {TREE_COLUMNS, TREE_LAYOUT} from './tree-columns.ts';
import {WORKLOAD_COLUMNS, WORKLOAD_LAYOUT} from './workload-columns.ts';

/**
 * A level's columns in the order of CSV and of the explanations, and how its table shows them. A new column goes into
 * the file of its level: `--sort`, filters, completion, the column chooser, CSV and the explanations find it there.
 */
const LEVELS: {
	readonly [L in Level]: {readonly columns: ReadonlyArray<Column<RowOf[L]>>; readonly layout: Layout};
} = {
	nodes: {columns: NODE_COLUMNS, layout: NODE_LAYOUT},
	pods: {columns: POD_COLUMNS, layout: POD_LAYOUT},
	containers: {columns: CONTAINER_COLUMNS, layout: CONTAINER_LAYOUT},
	namespaces: {columns: NAMESPACE_COLUMNS, layout: NAMESPACE_LAYOUT},
	tree: {columns: TREE_COLUMNS, layout: TREE_LAYOUT},
	workloads: {columns: WORKLOAD_COLUMNS, layout: WORKLOAD_LAYOUT},
	processes: {columns: PROCESS_COLUMNS, layout: PROCESS_LAYOUT},
	problems: {columns: PROBLEM_COLUMNS, layout: PROBLEM_LAYOUT},
};

/** Every column that a level's rows can be shown, sorted and filtered by. */
export function columnsOf<L extends Level>(level: L): ReadonlyArray<Column<RowOf[L]>> {
	return LEVELS[level].columns;
}

export function layoutOf(level: Level): Layout {
	return LEVELS[level].layout;
}

/**
 * The id of the number that a map shows where the table is sorted by a column: the share that goes with an amount, the
 * column itself if it is a number, else the first one.
 */
export function measureId(level: Level, sortedBy: string): string | undefined {
	const {measures} = layoutOf(level);
	const [first] = measures;
	return first === undefined
		? undefined
		: (measures.find(id => id === `${sortedBy}%`) ??
				(columnsOf(level).some(({id, unit}) => id === sortedBy && !isText(unit)) ? sortedBy : first));
}

/** Whether a column of any level has this id and holds text; an id means the same on all levels. */
export function isTextId(id: string): boolean {
	return TEXT_IDS.has(id);
}

const TEXT_IDS: ReadonlySet<string> = new Set(
	Object.values(LEVELS).flatMap(({columns}) => columns.filter(({unit}) => isText(unit)).map(({id}) => id)),
);
