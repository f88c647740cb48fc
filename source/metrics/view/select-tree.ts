import {columnsWithin} from '../columns/columns-within.ts';
import type {GroupRow, NamespaceRow, NodeRow, TreeRow} from '../model/row.ts';
import type {StatisticsOf} from '../model/statistics.ts';
import type {Query, View} from '../model/view.ts';
import {parseFilter} from './filter.ts';
import {atOnce, type Steps} from './in-turns.ts';
import {sortingOf, sortRows} from './sort-rows.ts';

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

	// `wide`: the lines of a wider filter by their ids, where it was looked for in these branches.
	const grow = (
		branches: readonly Branch[],
		depth: number,
		isFiltered: boolean,
		wide?: ReadonlyMap<string, TreeRow>,
	): readonly TreeRow[] => {
		const rows: TreeRow[] = [];
		const below = new Map<TreeRow, readonly TreeRow[]>();
		for (const branch of branches) {
			if (wide?.has(branch.id) === false) {
				continue;
			}

			const inner = source.isLeaf(branch) ? [] : undefined;
			const leaf: TreeRow = {
				kind: 'tree',
				id: branch.id,
				name: branch.name,
				depth,
				isOpen: false,
				of: branch,
			};
			const isOwnMatch = !isFiltered || passes === undefined || passes(leaf, nowMs);
			const isOpen = open.has(branch.id);
			// The wider filter looked in what did not pass it.
			const widely = !isOwnMatch && !isOpen && wide?.get(branch.id)?.isOpen === true ? wide : undefined;
			const children =
				inner ??
				(isOpen || !isOwnMatch
					? grow(source.within(branch), depth + 1, isFiltered && !isOwnMatch, widely)
					: []);
			if (isOwnMatch || children.length > 0) {
				const row =
					inner === undefined ? {...leaf, isOpen: isOpen || !isOwnMatch} : {...leaf, isOpen: undefined};
				rows.push(row);
				below.set(row, children);
			}
		}

		return sortRows(columns, query.sort, rows, nowMs).flatMap(row => [row, ...(below.get(row) ?? [])]);
	};

	if (passes === undefined) {
		return {level: 'tree', columns, rows: grow(source.roots, 0, false), total: source.roots.length, atMs};
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
				: wide?.root === root
					? grow([root], 0, true, new Map(wide.lines.map(line => [line.id, line])))
					: grow([root], 0, true);
		if (part !== undefined) {
			byPart.set(part, {root, lines});
		}

		const [first] = lines;
		if (first !== undefined) {
			roots.push(first);
			below.set(first, lines);
		}

		if (before?.lines !== lines) {
			yield;
		}
	}

	known.byPart = byPart;
	const rows: TreeRow[] = [];
	for (const root of sortRows(columns, query.sort, roots, nowMs)) {
		for (const line of below.get(root) ?? []) {
			rows.push(line);
		}
	}

	return {
		level: 'tree',
		columns,
		rows,
		total: source.roots.length,
		atMs,
	};
}
