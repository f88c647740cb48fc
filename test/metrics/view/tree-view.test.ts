import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {ContainerRow, NodeRow, PodRow} from '../../../source/metrics/model/row.ts';
import {sampleOfRows} from '../../../source/metrics/model/row-list.ts';
import type {Steps} from '../../../source/metrics/view/in-turns.ts';
import {selectTree, type TreeSource, type Unopened} from '../../../source/metrics/view/select-tree.ts';
import {TreeView} from '../../../source/metrics/view/tree-view.ts';
import {containerRow, nodeRow, podRow} from '../rows.ts';

const names = fc.constantFrom('a', 'ab', 'abc', 'b', 'bca', 'ca', 'cab');

/** Nodes, the pods of each, and their containers. */
const trees = fc.array(
	fc.tuple(names, fc.array(fc.tuple(names, fc.array(names, {maxLength: 3})), {maxLength: 3})),
	{minLength: 1, maxLength: 4},
);

function sourceOf(
	tree: typeof trees extends fc.Arbitrary<infer Tree> ? Tree : never,
	isCounted: boolean,
): TreeSource {
	const inside = new Map<string, ReadonlyArray<PodRow | ContainerRow>>();
	const roots = tree.map(([name, pods], n): NodeRow => {
		const node = nodeRow(name, {id: `n${n}`});
		inside.set(
			node.id,
			pods.map(([pod, containers], p) => {
				const id = `${node.id}/p${p}`;
				inside.set(
					id,
					containers.map((container, c) => containerRow(container, {id: `${id}/c${c}`, node: ''})),
				);
				return podRow(pod, {id, node: ''});
			}),
		);
		return node;
	});
	const source: TreeSource = {
		roots,
		within: ({id}) => inside.get(id) ?? [],
		isLeaf: ({kind}) => kind === 'container',
	};
	return {...source, ...(isCounted && {unopened: countedIn(source, roots)})};
}

function countedIn(source: TreeSource, roots: readonly NodeRow[]): Unopened {
	return {
		*count(_, filter) {
			return root => {
				const within = {...source, roots: roots.filter(({id}) => id === root.id)};
				return selectTree({level: 'tree', filter}, new Set(), within, 0, 0).rows.length - 1;
			};
		},
		rootWith: id => roots.find(root => root.id === id.split('/', 1)[0]),
	};
}

test('a filter that is typed shows at each letter the lines of that filter alone', () => {
	fc.assert(
		fc.property(
			trees,
			fc.array(fc.constantFrom('a', 'b', 'c', '!', ' ', '|', '\b'), {minLength: 2, maxLength: 8}),
			fc.subarray(['n0', 'n0/p0', 'n1', 'n1/p1']),
			fc.array(fc.nat(3), {minLength: 8, maxLength: 8}),
			fc.boolean(),
			(tree, letters, opened, turns, isCounted) => {
				const source = sourceOf(tree, isCounted);
				// biome-ignore lint/correctness/useYield: it is there at once.
				function* given(): Steps<TreeSource> {
					return source;
				}

				const view = new TreeView(() => '1', given);
				const open = new Set(opened);
				let filter = '';
				for (const [index, letter] of letters.entries()) {
					filter = letter === '\b' ? filter.slice(0, -1) : filter + letter;
					const query = {level: 'tree', filter, tree: {by: 'nodes', open}} as const;
					view.view(query, 0);
					for (let turn = 0; turn < (turns[index] ?? 0); turn++) {
						view.advance(() => false);
					}

					if (index % 2 === 1) {
						while (!view.advance(() => false)) {}
						const {rows, total} = view.view(query, 0);
						const expected = selectTree(query, open, {...source, unopened: undefined}, 0, 0);
						const lines = expected.rows.slice();
						expect([rows.length, total]).toEqual([lines.length, expected.total]);
						for (const place of lines.keys()) {
							expect(rows.at(place)).toEqual(lines[place]);
						}

						const [start, end] = [turns[0] ?? 0, -(turns[1] ?? 0)];
						expect(rows.slice(start, end)).toEqual(lines.slice(start, end));
						expect([...rows]).toEqual(lines);
						expect(sampleOfRows(rows, 2).every(line => lines.some(({id}) => id === line.id))).toBe(true);
						for (const id of ['n0', 'n1/p0', 'n1/p1/c0', 'n9']) {
							const place = lines.findIndex(line => line.id === id);
							expect(rows.placeOf?.(id) ?? rows.findIndex(line => line.id === id)).toBe(place);
						}
					}
				}
			},
		),
		{numRuns: 300},
	);
});
