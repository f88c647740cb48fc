import {columnsWithin} from '../columns/columns-within.ts';
import type {GroupRow, NamespaceRow, NodeRow, TreeRow} from '../model/row.ts';
import type {RowList} from '../model/row-list.ts';
import type {StatisticsOf} from '../model/statistics.ts';
import type {Query, View} from '../model/view.ts';
import {type Filter, parseFilter} from './filter.ts';
import {atOnce, ROWS_A_STEP, type Steps} from './in-turns.ts';
import {sortedInSteps} from './sort-rows.ts';
import {TreeLines} from './tree-lines.ts';

export type Branch = TreeRow['of'];

export type TreeSource = {
	readonly roots: ReadonlyArray<NodeRow | NamespaceRow | GroupRow>;
	/** The direct children of a row. */
	readonly within: (row: Branch) => readonly Branch[];
	/** Whether nothing can be in a row. */
	readonly isLeaf: (row: Branch) => boolean;
	/** What can be told of a filtered tree without opening it; left out where all of it is to be opened. */
	readonly unopened?: Unopened | undefined;
};

type GoodFilter = Extract<Filter<TreeRow>, {readonly kind: 'ok'}>;

/** A tree whose containers have nothing in them. */
export type Unopened = {
	/** How many lines a filter leaves in a row that does not pass itself and has nothing open in it: a node, or one of pods. */
	readonly count: (filter: GoodFilter, text: string) => Steps<(row: Branch) => number>;
	/** The root that has a row with an id in it; undefined if none has. */
	readonly rootWith: (id: string) => Branch | undefined;
};

/**
 * The lines of a tree: its roots and the children of open rows, each group in the query's order. A filter keeps rows
 * that match or have a descendant that does, and opens the latter.
 */
export function selectTree(
	query: Query<'tree'>,
	open: ReadonlySet<string>,
	source: TreeSource,
	nowMs: number,
	atMs: number,
	statistics?: StatisticsOf,
): View<'tree'> {
	return atOnce(treeInSteps(query, open, source, {nowMs, atMs, statistics}));
}

/** The same in steps. Lines below a root that are only counted are made when they are looked at. */
export function* treeInSteps(
	query: Query<'tree'>,
	open: ReadonlySet<string>,
	source: TreeSource,
	{
		nowMs,
		atMs,
		statistics,
	}: {readonly nowMs: number; readonly atMs: number; readonly statistics?: StatisticsOf | undefined},
): Steps<View<'tree'>> {
	const columns = columnsWithin('tree', statistics);
	const text = (query.filter ?? '').trim();
	const filter = parseFilter<TreeRow>(text, columns);
	const passes = filter.kind === 'ok' && text !== '' ? filter.test : undefined;

	let visited = 0;
	function* grow(branches: readonly Branch[], depth: number, isFiltered: boolean): Steps<readonly TreeRow[]> {
		const rows: TreeRow[] = [];
		let below: Map<TreeRow, readonly TreeRow[]> | undefined;
		for (const branch of branches) {
			if (++visited >= ROWS_A_STEP) {
				visited = 0;
				yield;
			}

			const isLeaf = source.isLeaf(branch);
			const isOpen = open.has(branch.id);
			const row = lineOf(branch, depth, isLeaf ? undefined : isOpen);
			const isOwnMatch = !isFiltered || passes === undefined || passes(row, nowMs);
			const children =
				!isLeaf && (isOpen || !isOwnMatch)
					? yield* grow(source.within(branch), depth + 1, isFiltered && !isOwnMatch)
					: NONE;
			if (isOwnMatch || children.length > 0) {
				const shown = isOwnMatch || isOpen ? row : lineOf(branch, depth, true);
				rows.push(shown);
				if (children.length > 0) {
					below ??= new Map();
					below.set(shown, children);
				}
			}
		}

		const sorted = rows.length < 2 ? rows : yield* sortedInSteps(columns, query.sort, rows, nowMs);
		return below === undefined ? sorted : withBelow(sorted, below);
	}

	function* unopened(filter: GoodFilter, {count, rootWith}: Unopened): Steps<RowList<TreeRow>> {
		const inside = yield* count(filter, text);
		const linesOf = (branch: Branch, depth: number): number => {
			if (passes?.(lineOf(branch, depth, false), nowMs) === true) {
				return 1;
			}

			let below = 0;
			if (branch.kind === 'node') {
				below = inside(branch);
			} else {
				const members = source.within(branch);
				visited += Math.floor(members.length / MEMBERS_A_ROW);
				below =
					members[0]?.kind === 'node'
						? members.reduce((sum, member) => sum + linesOf(member, depth + 1), 0)
						: inside(branch);
			}

			return below === 0 ? 0 : below + 1;
		};
		const opened = new Set([...open].map(rootWith));
		const roots: TreeRow[] = [];
		const counts = new Map<TreeRow, number>();
		const known = new Map<TreeRow, readonly TreeRow[]>();
		for (const root of source.roots) {
			const lines = opened.has(root) ? yield* grow([root], 0, true) : undefined;
			const count = lines?.length ?? linesOf(root, 0);
			if (count > 0) {
				const line = lines?.[0] ?? lineOf(root, 0, false);
				roots.push(line);
				counts.set(line, count);
				if (lines !== undefined) {
					known.set(line, lines);
				}
			}

			if (++visited >= ROWS_A_STEP) {
				visited = 0;
				yield;
			}
		}

		const sorted = yield* sortedInSteps(columns, query.sort, roots, nowMs);
		return new TreeLines(sorted, {
			countOf: root => counts.get(root) ?? 0,
			linesOf: root => known.get(root) ?? atOnce(grow([root.of], 0, true)),
			rootWith,
		});
	}

	const isCounted = filter.kind === 'ok' && passes !== undefined && !filter.isTimed;
	const rows =
		isCounted && source.unopened !== undefined
			? yield* unopened(filter, source.unopened)
			: yield* grow(source.roots, 0, true);
	return {level: 'tree', columns, rows, total: source.roots.length, atMs};
}

/** Members are only counted: so many take about as long as one row that is visited. */
const MEMBERS_A_ROW = 16;

const NONE: readonly TreeRow[] = [];

/** The line of a row. */
export function lineOf(of: Branch, depth: number, isOpen: boolean | undefined): TreeRow {
	return {kind: 'tree', id: of.id, name: of.name, depth, isOpen, of};
}

/** Lines, each followed by those below it. */
function withBelow(
	rows: readonly TreeRow[],
	below: ReadonlyMap<TreeRow, readonly TreeRow[]>,
): readonly TreeRow[] {
	if (below.size === 0) {
		return rows;
	}

	const lines: TreeRow[] = [];
	for (const row of rows) {
		lines.push(row);
		append(lines, below.get(row) ?? NONE);
	}

	return lines;
}

/** More lines than a call may have arguments. */
function append(lines: TreeRow[], more: readonly TreeRow[]): void {
	for (const line of more) {
		lines.push(line);
	}
}
