import {columnsOf} from '../columns/columns.ts';
import {columnsWithin} from '../columns/columns-within.ts';
import {isOfGroups} from '../columns/tree-columns.ts';
import {isText} from '../model/column.ts';
import type {GroupRow, NodeRow, PodRow, TreeRow} from '../model/row.ts';
import type {Grouping, Query, RowsOf, Scope, View} from '../model/view.ts';
import {sumNodes, sumPods} from '../rollups/sum-group.ts';
import {groupBy} from './group-by.ts';
import {groupValue, LABEL} from './group-rows.ts';
import {sortRows} from './sort-rows.ts';

/** The groups of the nodes or pods in a scope, summed. Those without a text are a group, too. */
export function groupRoots(
	grouping: Grouping,
	scope: Scope,
	rowsOf: RowsOf,
	nowMs: number,
): readonly GroupRow[] {
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
			? groupNodes(key, rows.slice() as readonly NodeRow[], nowMs)
			: groupPods(key, rows.slice() as readonly PodRow[], nowMs);
	const columns = columnsWithin('tree', undefined).filter(isOfGroups);
	const lines = groups.map(
		(of): TreeRow => ({kind: 'tree', id: of.id, name: of.name, depth: 0, isOpen: false, of}),
	);
	return {level: 'tree', columns, rows: sortRows(columns, sort, lines, nowMs), total: lines.length, atMs};
}

function groupNodes(key: string, rows: readonly NodeRow[], nowMs: number): readonly GroupRow[] {
	const textOf = groupValue<NodeRow>(columnsOf('nodes'), key);
	return groups({of: 'nodes', key}, rows, row => textOf?.(row, nowMs), sumNodes);
}

function groupPods(key: string, rows: readonly PodRow[], nowMs: number): readonly GroupRow[] {
	const textOf = groupValue<PodRow>(columnsOf('pods'), key);
	return groups({of: 'pods', key}, rows, row => textOf?.(row, nowMs), sumPods);
}

function groups<R extends NodeRow | PodRow>(
	{of, key}: Grouping,
	rows: readonly R[],
	textOf: (row: R) => string | undefined,
	sum: (members: readonly R[]) => Omit<GroupRow, 'kind' | 'id' | 'name' | 'text' | 'members'>,
): readonly GroupRow[] {
	// No value of a column or a label is empty.
	return [...groupBy(rows, row => textOf(row) ?? '')].map(([text, members]) => ({
		kind: 'group',
		id: `group/${of}/${key}/${text}`,
		name: text === '' ? `no ${key.startsWith(LABEL) ? key.slice(LABEL.length) : key}` : text,
		text: text === '' ? undefined : text,
		members: members as GroupRow['members'],
		...sum(members),
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
