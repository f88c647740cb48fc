import {columnsWithin} from '../columns/columns-within.ts';
import type {GroupRow, NamespaceRow, NodeRow, TreeRow} from '../model/row.ts';
import type {StatisticsOf} from '../model/statistics.ts';
import type {Query, View} from '../model/view.ts';
import {parseFilter} from './filter.ts';
import {atOnce, ROWS_A_STEP, type Steps} from './in-turns.ts';
import {sortedInSteps, sortingOf} from './sort-rows.ts';

type Branch = TreeRow['of'];

export type TreeSource = {
	readonly roots: ReadonlyArray<NodeRow | NamespaceRow | GroupRow>;
	/** The direct children of a row. */
	readonly within: (row: Branch) => readonly Branch[];
	/** Whether nothing can be in a row. */
	readonly isLeaf: (row: Branch) => boolean;
	/** An object that is the same as long as all rows in a root are; undefined where that is not known. */
	readonly partOf?: (root: Branch) => object | undefined;
};

/** The lines of roots that were filtered before, by the parts they are made of. Not weak: large weak maps delay marking. */
export type KnownLines = {
	byPart: LinesByPart;
	/** Those of a filter that lets everything pass that this one does. */
	readonly wide?: LinesByPart | undefined;
};

type LinesByPart = ReadonlyMap<object, {readonly root: Branch; readonly lines: readonly TreeRow[]}>;

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

/** The same in steps. `known`: lines of the same query before. */
export function* treeInSteps(
	query: Query<'tree'>,
	open: ReadonlySet<string>,
	source: TreeSource,
	{
		nowMs,
		atMs,
		statistics,
		known = {byPart: new Map()},
	}: {
		readonly nowMs: number;
		readonly atMs: number;
		readonly statistics?: StatisticsOf | undefined;
		readonly known?: KnownLines;
	},
): Steps<View<'tree'>> {
	const columns = columnsWithin('tree', statistics);
	const filter = parseFilter<TreeRow>(query.filter ?? '', columns);
	const passes = filter.kind === 'ok' && (query.filter ?? '') !== '' ? filter.test : undefined;
	const isTimed =
		(filter.kind === 'ok' && filter.isTimed) || sortingOf(columns, query.sort).column?.ofWindow !== undefined;

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
			let children: readonly TreeRow[] = NONE;
			if (!isLeaf && (isOpen || !isOwnMatch)) {
				const inside = source.within(branch);
				const isFilteredInside = isFiltered && !isOwnMatch;
				children =
					(isFilteredInside ? matchingLeaf(inside, depth + 1) : undefined) ??
					(yield* grow(inside, depth + 1, isFilteredInside));
			}

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

	// Most pods have few containers, none or one of which pass: 150,000 generators for them take longer than to look.
	function matchingLeaf(branches: readonly Branch[], depth: number): readonly TreeRow[] | undefined {
		if (branches.length > FEW) {
			return undefined;
		}

		let only: TreeRow | undefined;
		for (const branch of branches) {
			if (!source.isLeaf(branch)) {
				return undefined;
			}

			const row = lineOf(branch, depth, undefined);
			if (passes?.(row, nowMs) === true) {
				if (only !== undefined) {
					return undefined;
				}

				only = row;
			}
		}

		visited += branches.length;
		return only === undefined ? NONE : [only];
	}

	// What passes of the lines of a wider filter, in the same order.
	function* narrow(wide: readonly TreeRow[]): Steps<readonly TreeRow[]> {
		const lines: TreeRow[] = [];
		for (let place = 0, end = 0; place < wide.length; place = end) {
			end = endOfBlock(wide, place);
			const line = wide[place];
			if (line?.isOpen !== true || open.has(line.id)) {
				append(lines, line === undefined ? NONE : yield* grow([line.of], line.depth, true));
				continue;
			}

			// It was opened since it did not pass, and so it does not pass now.
			const below = yield* narrow(wide.slice(place + 1, end));
			if (below.length > 0) {
				lines.push(line);
				append(lines, below);
			}
		}

		return lines;
	}

	if (passes === undefined) {
		const rows = yield* grow(source.roots, 0, false);
		return {level: 'tree', columns, rows, total: source.roots.length, atMs};
	}

	const roots: TreeRow[] = [];
	const below = new Map<TreeRow, readonly TreeRow[]>();
	const byPart = new Map<object, {readonly root: Branch; readonly lines: readonly TreeRow[]}>();
	for (const root of source.roots) {
		const part = source.partOf?.(root);
		const before = part && !isTimed ? known.byPart.get(part) : undefined;
		const wide = part && !isTimed ? known.wide?.get(part) : undefined;
		const lines =
			before?.root === root
				? before.lines
				: yield* wide?.root === root ? narrow(wide.lines) : grow([root], 0, true);
		if (part !== undefined) {
			byPart.set(part, {root, lines});
		}

		const [first] = lines;
		if (first !== undefined) {
			roots.push(first);
			below.set(first, lines.slice(1));
		}
	}

	known.byPart = byPart;
	const rows = withBelow(yield* sortedInSteps(columns, query.sort, roots, nowMs), below);
	return {level: 'tree', columns, rows, total: source.roots.length, atMs};
}

const NONE: readonly TreeRow[] = [];

/** So many leaves are looked at in one step. */
const FEW = 16;

function lineOf(of: Branch, depth: number, isOpen: boolean | undefined): TreeRow {
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

/** The place after a line and those below it. */
function endOfBlock(lines: readonly TreeRow[], place: number): number {
	const depth = lines[place]?.depth ?? 0;
	let end = place + 1;
	while ((lines[end]?.depth ?? 0) > depth) {
		end++;
	}

	return end;
}
