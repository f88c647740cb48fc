import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {columnsOf} from '../../../../source/metrics/columns/columns.ts';
import type {Level} from '../../../../source/metrics/model/view.ts';
import {GAP, layOut} from '../../../../source/ui/draw/table/column-layout.ts';
import {
	choosableColumns,
	displayColumns,
	SPARE_RANK,
	spareColumns,
} from '../../../../source/ui/draw/table/display-columns.ts';

const NO_NAMES = () => undefined;

const LEVELS: readonly Level[] = ['nodes', 'pods', 'containers', 'namespaces', 'tree'];

describe('the columns of a table', () => {
	test.each(LEVELS)('%s exist, and each has its own rank', level => {
		const known = columnsOf(level).map(({id}): string => id);
		const shown = displayColumns(level, true);
		expect(
			shown
				.filter(({series}) => series === undefined)
				.map(({id}) => id)
				.filter(id => !known.includes(id)),
		).toEqual([]);
		expect(shown.map(({rank}) => rank).sort((a, b) => a - b)).toEqual(shown.map((_column, index) => index));
	});

	test.each(LEVELS)('%s that are spare exist, and rank after all default ones', level => {
		const known = columnsOf(level).map(({id}): string => id);
		const spare = spareColumns(level, true);
		expect(spare.map(({id}) => id).filter(id => !known.includes(id))).toEqual([]);
		expect(spare.map(({rank}) => rank)).toEqual(spare.map((_column, index) => SPARE_RANK + index));
		expect(Math.max(...displayColumns(level, true).map(({rank}) => rank))).toBeLessThan(SPARE_RANK);
	});

	test.each(LEVELS)('%s are dropped by rank as the screen gets narrower', level => {
		const names = () => 10;
		let wider = new Set(choosableColumns(level, true).map(({id}) => id));
		for (let width = 400; width > 0; width--) {
			const all = choosableColumns(level, true);
			const shown = new Set(layOut(all, width, names).map(({id}) => id));
			expect([...shown].filter(id => !wider.has(id))).toEqual([]);
			const ranks = (isShown: boolean) =>
				all.flatMap(({id, rank}) => (shown.has(id) === isShown ? [rank] : []));
			expect(Math.max(...ranks(true))).toBeLessThan(Math.min(...ranks(false), Number.POSITIVE_INFINITY));
			wider = shown;
		}
	});

	test.each(['nodes', 'pods', 'containers'] as const)(
		'include pressure and wide sparklines on a wide screen: %s',
		level => {
			const names = () => 14;
			const columns = layOut(choosableColumns(level, true), 298, names);
			const ids = columns.map(({id}) => id);
			const [first = '', second = ''] = spareColumns(level, true).map(({id}) => id);
			expect(ids).toEqual(expect.arrayContaining([first, second, 'psi-cpu', 'psi-memory']));
			expect(columns.flatMap(({series, cells}) => (series === undefined ? [] : [cells >= 12]))).not.toContain(
				false,
			);
		},
	);

	test('leave no room for spare ones that are empty', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...LEVELS),
				fc.integer({min: 1, max: 400}),
				fc.array(fc.boolean(), {minLength: 30, maxLength: 30}),
				(level, width, empty) => {
					const all = choosableColumns(level, true);
					const spares = spareColumns(level, true).map(({id}) => id);
					const isEmpty = (id: string): boolean => empty[spares.indexOf(id)] ?? false;
					const known = all.filter(({id}) => !isEmpty(id));
					expect(layOut(all, width, () => 12, isEmpty)).toEqual(layOut(known, width, () => 12));
				},
			),
		);
	});

	test('are not asked for their values where there is room for no spare one', () => {
		const asked: string[] = [];
		layOut(
			choosableColumns('containers', true),
			120,
			() => 12,
			id => asked.push(id) === 0,
		);
		expect(asked).toEqual([]);
	});

	test('fit into any width and include the name', () => {
		fc.assert(
			fc.property(fc.constantFrom(...LEVELS), fc.integer({min: 1, max: 400}), (level, width) => {
				const columns = layOut(displayColumns(level, true), width, NO_NAMES);
				const used = columns.reduce((sum, {cells}) => sum + cells + GAP, -GAP);
				expect(used).toBeLessThanOrEqual(width);
				expect(columns.map(({id}) => id)).toContain('name');
			}),
		);
	});

	test('of nodes in 80 cells are CPU with a sparkline, memory, network and the state', () => {
		const ids = layOut(displayColumns('nodes', false), 78, NO_NAMES).map(({id}) => id);
		expect(ids).toEqual([
			'name',
			'cpu',
			'cpu%',
			'~cpuCores',
			'memory',
			'memory%',
			'net-received',
			'net-sent',
			'state',
		]);
	});

	test.each([
		['pods', ['ready', 'restarts', '~cpuCores']],
		['containers', ['status', 'restarts', '~cpuCores']],
	] as const)('of %s in 80 cells keep readiness and restarts, and have a sparkline', (level, ids) => {
		const longest = (id: string) => (id === 'name' || id === 'pod' ? 40 : 9);
		expect(layOut(displayColumns(level, true), 78, longest).map(({id}) => id)).toEqual(
			expect.arrayContaining([...ids]),
		);
	});

	test('are all shown on a wide screen, with wider sparklines', () => {
		const columns = layOut(displayColumns('nodes', false), 240, NO_NAMES);
		expect(columns).toHaveLength(displayColumns('nodes', false).length);
		expect(columns.find(({id}) => id === '~cpuCores')?.cells).toBeGreaterThan(20);
	});

	test('give names their full width before columns of low rank are added', () => {
		const cellsOf = (longest: number) => {
			const names = (id: string) => (id === 'name' ? longest : 8);
			const columns = layOut(displayColumns('pods', true), 160, names);
			return [columns.find(({id}) => id === 'name')?.cells, columns.length] as const;
		};
		const [short, manyColumns] = cellsOf(10);
		const [long, fewColumns] = cellsOf(50);
		expect([short, long]).toEqual([18, 50]);
		expect(fewColumns).toBeLessThan(manyColumns);
	});

	test('that need an inventory are left out without one', () => {
		const without = displayColumns('nodes', false).map(({id}) => id);
		const withInventory = displayColumns('nodes', true).map(({id}) => id);
		expect(withInventory).toEqual(expect.arrayContaining([...without, 'status', 'roles', 'version']));
		expect(without).not.toContain('status');
	});
});
