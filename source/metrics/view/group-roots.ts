import {columnsOf} from '../columns/columns.ts';
import {columnsWithin} from '../columns/columns-within.ts';
import {isOfGroups} from '../columns/tree-columns.ts';
import {isText} from '../model/column.ts';
import type {GroupRow, NodeRow, PodRow, TreeRow} from '../model/row.ts';
import type {Grouping, Query, RowsOf, Scope, View} from '../model/view.ts';
import {type KnownPods, Numbered, onePart, type PodsOfPart, unknownPods} from '../rollups/known-pods.ts';
import {PodsSums} from '../rollups/pods-sums.ts';
import {type GroupSums, sumNodes} from '../rollups/sum-group.ts';
import {groupInSteps} from './group-by.ts';
import {groupValue, LABEL} from './group-rows.ts';
import {atOnce, ROWS_A_STEP, type Steps} from './in-turns.ts';
import type {SlotColumns} from './slot-columns.ts';
import type {SlotPods} from './slot-pods.ts';
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
		: groupPods(key, onePart(rowsOf(of) as Iterable<PodRow>), unknownPods(), textOfPod(key, nowMs));
}

/** The groups of the pods of a table, by what its columns and `known` keep of them. */
export function* groupKnownPods(
	key: string,
	parts: Iterable<PodsOfPart>,
	known: SlotPods,
	columns: SlotColumns<PodRow>,
	nowMs: number,
): Steps<readonly GroupRow[]> {
	while (!known.advance(() => false)) {
		yield;
	}

	const column = columnsOf('pods').find(({id, unit}) => id === key && isText(unit));
	if (column === undefined) {
		return yield* groupPods(key, parts, known, textOfPod(key, nowMs));
	}

	const slotTexts = columns.textsOf(column);
	while (!slotTexts.advance(() => false)) {
		yield;
	}

	const {texts, places} = slotTexts;
	return yield* groupPods(key, parts, known, (_, slot) => texts[places[slot] ?? 0] ?? '');
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

function* groupNodes(key: string, rows: Iterable<NodeRow>, nowMs: number): Steps<readonly GroupRow[]> {
	const textOf = groupValue<NodeRow>(columnsOf('nodes'), key);
	// No value of a column or a label is empty.
	const groups = yield* groupInSteps(rows, row => textOf?.(row, nowMs) ?? '');
	return [...groups].map(([text, members]) => groupRow({of: 'nodes', key}, text, members, sumNodes(members)));
}

/** The text of a pod, by which it is in a group; empty if it has none. */
type TextOfPod = (pod: PodRow, slot: number) => string;

function textOfPod(key: string, nowMs: number): TextOfPod {
	const textOf = groupValue<PodRow>(columnsOf('pods'), key);
	return pod => textOf?.(pod, nowMs) ?? '';
}

/** The groups of the pods of parts. Requests and limits are known where each of the pods of a group is listed. */
function* groupPods(
	key: string,
	parts: Iterable<PodsOfPart>,
	{factsOf}: Pick<KnownPods, 'factsOf'>,
	textOf: TextOfPod,
): Steps<readonly GroupRow[]> {
	const sums = new PodsSums();
	const texts = new Numbered();
	const groups: Array<{readonly members: PodRow[]; isListed: boolean}> = [];
	let count = 0;
	for (const {pods, slots} of parts) {
		for (let place = 0; place < pods.length; place++) {
			const pod = pods[place];
			if (pod === undefined) {
				continue;
			}

			const slot = slots[place] ?? 0;
			const number = texts.of(textOf(pod, slot));
			const facts = factsOf(pod, slot);
			const group = groups[number] ?? {members: [], isListed: true};
			groups[number] = group;
			group.members.push(pod);
			group.isListed &&= facts.isListed;
			sums.add(number, pod, facts);
			sums.addContainers(number, pod.containerCount ?? facts.running);
			if (++count % ROWS_A_STEP === 0) {
				yield;
			}
		}
	}

	return groups.map(({members, isListed}, number) =>
		groupRow({of: 'pods', key}, texts.texts[number] ?? '', members, sums.total(number, isListed)),
	);
}

function groupRow(
	{of, key}: Grouping,
	text: string,
	members: GroupRow['members'],
	sums: GroupSums,
): GroupRow {
	return {
		kind: 'group',
		id: `group/${of}/${key}/${text}`,
		name: text === '' ? `no ${key.startsWith(LABEL) ? key.slice(LABEL.length) : key}` : text,
		text: text === '' ? undefined : text,
		members,
		...sums,
	};
}

/** Whether nodes or pods can be in groups by a key: a text, or any label. */
export function isGroupKey(of: Grouping['of'], key: string): boolean {
	return key.startsWith(LABEL) ? key.length > LABEL.length : groupKeysOf(of).includes(key);
}

/** The ids of the texts that nodes or pods can be in groups by. */
export function groupKeysOf(of: Grouping['of']): readonly string[] {
	return columnsOf(of).flatMap(({id, unit}) => (isText(unit) && unit !== 'name' ? [id] : []));
}
