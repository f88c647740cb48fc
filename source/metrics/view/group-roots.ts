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
	return atOnce(groupsInSteps(grouping, scope, rowsOf, nowMs));
}

/** The same in steps. */
export function groupsInSteps(
	grouping: Grouping,
	scope: Scope,
	rowsOf: RowsOf,
	nowMs: number,
): Steps<readonly GroupRow[]> {
	return grouping.of === 'nodes'
		? groupNodes(grouping.key, rowsOf('nodes', scope), nowMs)
		: groupPods(grouping.key, rowsOf('pods', scope), nowMs);
}

/** The rows of a table in groups, each closed, in an order. */
export function groupsOfView(
	{level, rows, atMs}: Pick<View<Grouping['of']>, 'level' | 'rows' | 'atMs'>,
	key: string,
	sort: Query['sort'],
	nowMs: number,
): View<'tree'> {
	// The level determines the type of the rows, which the compiler cannot tell.
	const groups =
		level === 'nodes'
			? atOnce(groupNodes(key, rows.slice() as readonly NodeRow[], nowMs))
			: atOnce(groupPods(key, rows.slice() as readonly PodRow[], nowMs));
	const columns = columnsWithin('tree', undefined).filter(isOfGroups);
	const lines = groups.map(
		(of): TreeRow => ({kind: 'tree', id: of.id, name: of.name, depth: 0, isOpen: false, of}),
	);
	return {level: 'tree', columns, rows: sortRows(columns, sort, lines, nowMs), total: lines.length, atMs};
}

function groupNodes(key: string, rows: readonly NodeRow[], nowMs: number): Steps<readonly GroupRow[]> {
	const textOf = groupValue<NodeRow>(columnsOf('nodes'), key);
	return groups({of: 'nodes', key}, rows, row => textOf?.(row, nowMs), nodesSummed);
}

function groupPods(key: string, rows: readonly PodRow[], nowMs: number): Steps<readonly GroupRow[]> {
	const textOf = groupValue<PodRow>(columnsOf('pods'), key);
	return groups({of: 'pods', key}, rows, row => textOf?.(row, nowMs), podsSummed);
}

// biome-ignore lint/correctness/useYield: nodes are few.
function* nodesSummed(members: readonly NodeRow[]): Steps<GroupSums> {
	return sumNodes(members);
}

/** Requests and limits are known where each of the pods is listed. */
function* podsSummed(pods: readonly PodRow[]): Steps<GroupSums> {
	const sum = new PodsSum();
	let isListed = true;
	let count = 0;
	for (const pod of pods) {
		sum.add(pod);
		sum.addContainers(runningContainers(pod));
		isListed &&= pod.info !== undefined;
		if (++count % ROWS_A_STEP === 0) {
			yield;
		}
	}

	return sum.total(isListed);
}

function* groups<R extends NodeRow | PodRow>(
	{of, key}: Grouping,
	rows: readonly R[],
	textOf: (row: R) => string | undefined,
	sum: (members: readonly R[]) => Steps<GroupSums>,
): Steps<readonly GroupRow[]> {
	const byText = new Map<string, R[]>();
	let count = 0;
	for (const row of rows) {
		// No value of a column or a label is empty.
		const text = textOf(row) ?? '';
		const members = byText.get(text);
		if (members === undefined) {
			byText.set(text, [row]);
		} else {
			members.push(row);
		}

		if (++count % ROWS_A_STEP === 0) {
			yield;
		}
	}

	const roots: GroupRow[] = [];
	for (const [text, members] of byText) {
		roots.push({
			kind: 'group',
			id: `group/${of}/${key}/${text}`,
			name: text === '' ? `no ${key.startsWith(LABEL) ? key.slice(LABEL.length) : key}` : text,
			text: text === '' ? undefined : text,
			members: members as GroupRow['members'],
			...(yield* sum(members)),
		});
	}

	return roots;
}

/** Whether nodes or pods can be in groups by a key: a text, or any label. */
export function isGroupKey(of: Grouping['of'], key: string): boolean {
	return key.startsWith(LABEL) ? key.length > LABEL.length : groupKeysOf(of).includes(key);
}

/** The ids of the texts that nodes or pods can be in groups by. */
export function groupKeysOf(of: Grouping['of']): readonly string[] {
	return columnsOf(of).flatMap(({id, unit}) => (isText(unit) && unit !== 'name' ? [id] : []));
}
