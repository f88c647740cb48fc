import {columnsOf} from '../columns/columns.ts';
import {columnsWithin} from '../columns/columns-within.ts';
import {isOfGroups} from '../columns/tree-columns.ts';
import {isText} from '../model/column.ts';
import {runningContainers} from '../model/counts.ts';
import type {GroupRow, NodeRow, PodRow, TreeRow} from '../model/row.ts';
import type {Grouping, Query, RowsOf, Scope, View} from '../model/view.ts';
import {PodsSum} from '../rollups/pods-sum.ts';
import {type GroupSums, sumNodes} from '../rollups/sum-group.ts';
import {groupValue, LABEL} from './group-rows.ts';
import {atOnce, ROWS_A_STEP, type Steps} from './in-turns.ts';
import {sortRows} from './sort-rows.ts';

/** The groups of the nodes or pods in a scope, summed. Those without a text are a group, too. */
export function groupRoots(
	grouping: Grouping,
	scope: Scope,
	rowsOf: RowsOf,
	nowMs: number,
): readonly GroupRow[] {
	return atOnce(groupsInSteps(grouping, level => rowsOf(level, scope), nowMs));
}

/** The same in steps. */
export function groupsInSteps(
	{of, key}: Grouping,
	rowsOf: (level: Grouping['of']) => Iterable<NodeRow | PodRow>,
	nowMs: number,
): Steps<readonly GroupRow[]> {
	// The level determines the type of the rows, which the compiler cannot tell.
	return of === 'nodes'
		? groupNodes(key, rowsOf(of) as Iterable<NodeRow>, nowMs)
		: groupPods(key, rowsOf(of) as Iterable<PodRow>, nowMs);
}

/** The rows of a table in groups, each closed, in an order. */
export function groupsOfView(
	{level, rows, atMs}: Pick<View<Grouping['of']>, 'level' | 'rows' | 'atMs'>,
	key: string,
	sort: Query['sort'],
	nowMs: number,
): View<'tree'> {
	const groups = atOnce(groupsInSteps({of: level, key}, () => rows.slice(), nowMs));
	const columns = columnsWithin('tree', undefined).filter(isOfGroups);
	const lines = groups.map(
		(of): TreeRow => ({kind: 'tree', id: of.id, name: of.name, depth: 0, isOpen: false, of}),
	);
	return {level: 'tree', columns, rows: sortRows(columns, sort, lines, nowMs), total: lines.length, atMs};
}

function groupNodes(key: string, rows: Iterable<NodeRow>, nowMs: number): Steps<readonly GroupRow[]> {
	const textOf = groupValue<NodeRow>(columnsOf('nodes'), key);
	return groups({of: 'nodes', key}, rows, row => textOf?.(row, nowMs), sumOfNodes);
}

function groupPods(key: string, rows: Iterable<PodRow>, nowMs: number): Steps<readonly GroupRow[]> {
	const textOf = groupValue<PodRow>(columnsOf('pods'), key);
	return groups({of: 'pods', key}, rows, row => textOf?.(row, nowMs), sumOfPods);
}

/** The sum of a group, to which rows are added as they come: in the order of groups they would be all over the memory. */
type Sum<R> = {readonly add: (row: R) => void; readonly total: (members: readonly R[]) => GroupSums};

/** Nodes are few. */
function sumOfNodes(): Sum<NodeRow> {
	return {add: () => {}, total: sumNodes};
}

/** Requests and limits are known where each of the pods is listed. */
function sumOfPods(): Sum<PodRow> {
	const sum = new PodsSum();
	let isListed = true;
	return {
		add(pod) {
			sum.add(pod);
			sum.addContainers(runningContainers(pod));
			isListed &&= pod.info !== undefined;
		},
		total: () => sum.total(isListed),
	};
}

function* groups<R extends NodeRow | PodRow>(
	{of, key}: Grouping,
	rows: Iterable<R>,
	textOf: (row: R) => string | undefined,
	newSum: () => Sum<R>,
): Steps<readonly GroupRow[]> {
	const byText = new Map<string, {readonly members: R[]; readonly sum: Sum<R>}>();
	let count = 0;
	for (const row of rows) {
		// No value of a column or a label is empty.
		const text = textOf(row) ?? '';
		let group = byText.get(text);
		if (group === undefined) {
			group = {members: [], sum: newSum()};
			byText.set(text, group);
		}

		group.members.push(row);
		group.sum.add(row);
		if (++count % ROWS_A_STEP === 0) {
			yield;
		}
	}

	return [...byText].map(([text, {members, sum}]) => ({
		kind: 'group',
		id: `group/${of}/${key}/${text}`,
		name: text === '' ? `no ${key.startsWith(LABEL) ? key.slice(LABEL.length) : key}` : text,
		text: text === '' ? undefined : text,
		members: members as GroupRow['members'],
		...sum.total(members),
	}));
}

/** Whether nodes or pods can be in groups by a key: a text, or any label. */
export function isGroupKey(of: Grouping['of'], key: string): boolean {
	return key.startsWith(LABEL) ? key.length > LABEL.length : groupKeysOf(of).includes(key);
}

/** The ids of the texts that nodes or pods can be in groups by. */
export function groupKeysOf(of: Grouping['of']): readonly string[] {
	return columnsOf(of).flatMap(({id, unit}) => (isText(unit) && unit !== 'name' ? [id] : []));
}
