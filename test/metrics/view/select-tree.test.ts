import {describe, expect, test} from 'vitest';
import type {ContainerRow, NamespaceRow, NodeRow, PodRow} from '../../../source/metrics/model/row.ts';
import type {Query} from '../../../source/metrics/model/view.ts';
import {selectTree, type TreeSource, treeInSteps} from '../../../source/metrics/view/select-tree.ts';
import {containerRow, namespaceRow, nodeRow, podRow} from '../rows.ts';

type Branch = NodeRow | PodRow | ContainerRow | NamespaceRow;

/** n1 with the pods web (app, proxy) and db (postgres); n2 with nothing. */
const INSIDE: Readonly<Record<string, readonly Branch[]>> = {
	'id-n1': [podRow('web', {cpuCores: 1}), podRow('db', {cpuCores: 2})],
	'id-web': [containerRow('app', {cpuCores: 0.9}), containerRow('proxy', {cpuCores: 0.1})],
	'id-db': [containerRow('postgres', {cpuCores: 2})],
};

const SOURCE: TreeSource = {
	roots: [nodeRow('n2', {cpuCores: 0.5}), nodeRow('n1', {cpuCores: 3})],
	within: row => INSIDE[row.id] ?? [],
	isLeaf: ({kind}) => kind === 'container',
};

/** A line each, two blanks for each step inwards, and whether it is open. */
function draw(
	open: readonly string[],
	query: Partial<Query<'tree'>> = {},
	source = SOURCE,
): readonly string[] {
	const view = selectTree({level: 'tree', ...query}, new Set(open), source, 0, 0);
	return view.rows.map(({depth, name, isOpen}) => {
		const mark = isOpen === undefined ? ' ' : isOpen ? '-' : '+';
		return `${'  '.repeat(depth)}${mark}${name}`;
	});
}

describe('a tree', () => {
	test('shows its roots, the busiest first', () => {
		expect(draw([])).toEqual(['+n1', '+n2']);
	});

	test('shows below what is open what is in it, each group in order', () => {
		expect(draw(['id-n1', 'id-web'])).toEqual(['-n1', '  +db', '  -web', '     app', '     proxy', '+n2']);
	});

	test('keeps what is open in order by another column', () => {
		expect(draw(['id-n1'], {sort: {column: 'name', isDescending: false}})).toEqual([
			'-n1',
			'  +db',
			'  +web',
			'+n2',
		]);
	});

	test('with a filter opens the way to what passes it', () => {
		expect(draw([], {filter: 'postgres'})).toEqual(['-n1', '  -db', '     postgres']);
	});

	test('with a filter shows one, several or many of what passes in a row that does not, each group in order', () => {
		expect(draw([], {filter: 'cpu<0.5 proxy|app'})).toEqual(['-n1', '  -web', '     proxy']);
		expect(draw([], {filter: 'proxy|app'})).toEqual(['-n1', '  -web', '     app', '     proxy']);
		const many = Array.from({length: 40}, (_, index) => containerRow(`c${index}`, {cpuCores: 40 - index}));
		const within: TreeSource['within'] = row => (row.id === 'id-db' ? many : (INSIDE[row.id] ?? []));
		expect(draw([], {filter: '^c3'}, {...SOURCE, within})).toEqual([
			'-n1',
			'  -db',
			'     c3',
			...Array.from({length: 10}, (_, index) => `     c3${index}`),
		]);
	});

	test('with a filter looks into every row in a row, also where some have nothing in them', () => {
		const isLeaf: TreeSource['isLeaf'] = ({id}) => id === 'id-app';
		const within: TreeSource['within'] = row =>
			row.id === 'id-proxy' ? [containerRow('envoy', {cpuCores: 0.1})] : (INSIDE[row.id] ?? []);
		expect(draw([], {filter: 'envoy'}, {...SOURCE, isLeaf, within})).toEqual([
			'-n1',
			'  -web',
			'    -proxy',
			'      +envoy',
		]);
	});

	test('with a filter leaves what passes closed, with all in it to be opened', () => {
		expect(draw([], {filter: 'web'})).toEqual(['-n1', '  +web']);
		expect(draw(['id-web'], {filter: 'web'})).toEqual(['-n1', '  -web', '     app', '     proxy']);
	});

	test('hides nothing for a filter that is wrong', () => {
		const view = selectTree({level: 'tree', filter: 'cpu>lots'}, new Set(), SOURCE, 0, 0);
		expect(view.rows).toHaveLength(2);
	});

	test('grows from namespaces just as well', () => {
		const source: TreeSource = {
			roots: [namespaceRow('shop')],
			within: row => (row.kind === 'namespace' ? [podRow('web')] : []),
			isLeaf: () => false,
		};
		expect(draw(['id-shop'], {}, source)).toEqual(['-shop', '  +web']);
	});

	test('of a root with many rows is made in turns, filtered or not', () => {
		const pods = Array.from({length: 5000}, (_, index) => podRow(`web-${index % 7}`, {id: `p${index}`}));
		const source: TreeSource = {
			roots: [namespaceRow('shop')],
			within: row => (row.kind === 'namespace' ? pods : []),
			isLeaf: () => false,
		};
		for (const filter of ['', 'web']) {
			const query = {level: 'tree', filter} as const;
			const steps = treeInSteps(query, new Set(['id-shop']), source, {nowMs: 0, atMs: 0});
			let turns = 0;
			for (let step = steps.next(); step.done !== true; step = steps.next()) {
				turns++;
			}

			expect(turns).toBeGreaterThan(30);
		}
	});
});
