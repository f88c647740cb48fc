import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {ContainerRow, NodeRow, PodRow} from '../../../source/metrics/model/row.ts';
import type {Steps} from '../../../source/metrics/view/in-turns.ts';
import {selectTree, type TreeSource} from '../../../source/metrics/view/select-tree.ts';
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
	isOwnPart: boolean,
): TreeSource {
	const inside = new Map<string, ReadonlyArray<PodRow | ContainerRow>>();
	const parts = new Map<string, object>();
	const roots = tree.map(([name, pods], n): NodeRow => {
		const node = nodeRow(name, {id: `n${n}`});
		parts.set(node.id, {});
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
	return {
		roots,
		within: ({id}) => inside.get(id) ?? [],
		isLeaf: ({kind}) => kind === 'container',
		partOf: root => (isOwnPart ? root : parts.get(root.id)),
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
			(tree, letters, opened, turns, isOwnPart) => {
				const source = sourceOf(tree, isOwnPart);
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
						const expected = selectTree(query, open, source, 0, 0);
						expect([rows.slice(), total]).toEqual([expected.rows.slice(), expected.total]);
					}
				}
			},
		),
		{numRuns: 300},
	);
});

test('a letter that is deleted looks at no rows again', () => {
	const source = sourceOf([['a', [['ab', ['abc']]]]], false);
	let looked = 0;
	const counting = {
		...source,
		within: (row: Parameters<TreeSource['within']>[0]) => {
			looked++;
			return source.within(row);
		},
	};
	// biome-ignore lint/correctness/useYield: it is there at once.
	function* given(): Steps<TreeSource> {
		return counting;
	}

	const view = new TreeView(() => '1', given);
	const linesOf = (filter: string, nowMs: number): readonly string[] => {
		const query = {level: 'tree', filter} as const;
		view.view(query, nowMs);
		while (!view.advance(() => false)) {}
		return view.view(query, nowMs).rows.map(({name}) => name);
	};
	const typed = ['b', 'bc', 'bcx'].map(filter => linesOf(filter, 0));
	looked = 0;
	expect(linesOf('bc', 1)).toEqual(typed[1]);
	expect(linesOf('b', 1)).toEqual(typed[0]);
	expect(looked).toBe(0);
	linesOf('bc', 2);
	linesOf('bc', 20_000);
	expect(linesOf('b', 20_000)).toEqual(typed[0]);
	expect(looked).toBeGreaterThan(0);
});
