import {columnsOf} from '../columns/columns.ts';
import type {GroupRow, NodeRow, PodRow} from '../model/row.ts';
import type {Grouping, RowsOf, Scope} from '../model/view.ts';
import {sumNodes, sumPods} from '../rollups/sum-group.ts';
import {groupBy} from './group-by.ts';
import {groupValue, LABEL} from './group-rows.ts';

/** The groups of the nodes or pods in a scope, summed. Those without a text are a group, too. */
export function groupRoots(
	{of, key}: Grouping,
	scope: Scope,
	rowsOf: RowsOf,
	nowMs: number,
): readonly GroupRow[] {
	if (of === 'nodes') {
		const textOf = groupValue<NodeRow>(columnsOf(of), key);
		return groups({of, key}, rowsOf(of, scope), row => textOf?.(row, nowMs), sumNodes);
	}

	const textOf = groupValue<PodRow>(columnsOf(of), key);
	return groups({of, key}, rowsOf(of, scope), row => textOf?.(row, nowMs), sumPods);
}

function groups<R extends NodeRow | PodRow>(
	{of, key}: Grouping,
	rows: readonly R[],
	textOf: (row: R) => string | undefined,
	sum: (members: readonly R[]) => Omit<GroupRow, 'kind' | 'id' | 'name' | 'members'>,
): readonly GroupRow[] {
	// No value of a column or a label is empty.
	return [...groupBy(rows, row => textOf(row) ?? '')].map(([name, members]) => ({
		kind: 'group',
		id: `group/${of}/${key}/${name}`,
		name: name === '' ? `no ${key.startsWith(LABEL) ? key.slice(LABEL.length) : key}` : name,
		members: members as GroupRow['members'],
		...sum(members),
	}));
}
