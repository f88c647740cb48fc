import {describe, expect, test} from 'vitest';
import {layOut} from '../../../../source/ui/draw/table/column-layout.ts';
import {displayColumns} from '../../../../source/ui/draw/table/display-columns.ts';
import {wantedColumns} from '../../../../source/ui/draw/table/wanted-columns.ts';

describe('wanted columns', () => {
	const wanted = (chosen: readonly string[] | undefined, isWide = false) =>
		wantedColumns('nodes', {hasInventory: false, chosen, isWide, hasStatistics: false});

	test('keep their rank if others are hidden, and are ranked by position if they were reordered', () => {
		expect(wanted(['name', 'cpu', 'memory']).map(({id, rank}) => [id, rank])).toEqual([
			['name', 0],
			['cpu', 1],
			['memory', 2],
		]);
		expect(wanted(['memory', 'name', 'psi-cpu']).map(({id, rank}) => [id, rank])).toEqual([
			['memory', 0],
			['name', 1],
			['psi-cpu', 2],
		]);
	});

	test('that are chosen spare ones rank after the first three', () => {
		const defaults = displayColumns('pods', true).map(({id}) => id);
		const ids = (chosen: readonly string[], width: number) =>
			layOut(
				wantedColumns('pods', {hasInventory: true, chosen, isWide: false, hasStatistics: false}),
				width,
				() => undefined,
			).map(({id}) => id);
		for (const width of [60, 80, 120, 200]) {
			expect(ids([...defaults, 'psi-memory'], width)).toEqual(
				expect.arrayContaining(['name', 'cpu', 'memory', 'psi-memory']),
			);
		}

		const moved = ['memory', ...defaults.filter(id => id !== 'memory'), 'psi-memory'];
		expect(ids(moved, 80)).toContain('psi-memory');
	});

	test.each([
		['nodes', 'cpu', ['name', 'cpu', 'cpu-p95', 'memory']],
		['pods', 'cpu', ['name', 'cpu', 'cpu-p95']],
		['pods', 'memory', ['name', 'memory', 'memory-p95']],
		['pods', 'name', ['name', 'cpu', 'cpu-p95']],
	] as const)('with statistics have one in 40 columns: of %s by %s', (level, sortedBy, ids) => {
		const columns = wantedColumns(level, {
			hasInventory: true,
			chosen: undefined,
			isWide: false,
			hasStatistics: true,
			sortedBy,
		});
		expect(layOut(columns, 38, () => undefined).map(({id}) => id)).toEqual(ids);
	});

	test('include spare ones only if none were chosen', () => {
		expect(wanted(undefined).map(({id}) => id)).toContain('psi-cpu');
		expect(wanted(['name', 'cpu']).map(({id}) => id)).toEqual(['name', 'cpu']);
	});

	test('have no sparklines in wide mode', () => {
		expect(wanted(undefined).some(({series}) => series !== undefined)).toBe(true);
		expect(wanted(undefined, true).some(({series}) => series !== undefined)).toBe(false);
	});

	test.each([
		[
			80,
			[
				'namespace',
				'name',
				'cpu',
				'cpu-p95',
				'cpu-p95%request',
				'memory',
				'memory-p95',
				'memory-p95%request',
			],
		],
		[40, ['name', 'cpu', 'cpu-p95', 'memory']],
	])('with statistics have those beside the figure, in place of sparklines: in %i cells', (width, ids) => {
		const columns = wantedColumns('pods', {
			hasInventory: true,
			chosen: undefined,
			isWide: false,
			hasStatistics: true,
		});
		expect(columns.some(({series}) => series !== undefined)).toBe(false);
		expect(layOut(columns, width, () => undefined).map(({id}) => id)).toEqual(ids);
	});

	test('have all statistics once, whatever was chosen, and without them those that were', () => {
		const chosen = ['memory', 'name', 'cpu-p95'];
		const ids = (hasStatistics: boolean) =>
			wantedColumns('pods', {hasInventory: false, chosen, isWide: false, hasStatistics}).map(({id}) => id);
		expect(ids(false)).toEqual(chosen);
		expect(ids(true)).toHaveLength(new Set(ids(true)).size);
		expect(ids(true)).toEqual(expect.arrayContaining([...chosen, 'cpu-max', 'memory-min']));
		expect(ids(true).slice(0, 3)).toEqual(['memory', 'memory-min', 'memory-mean']);
	});

	test('are the default ones if no chosen column exists', () => {
		expect(wanted(['gone'])).toEqual(wanted(undefined));
	});

	test.each([
		['a default one that has no room', 'pods', undefined, 'age'],
		['a spare one', 'pods', undefined, 'volumes%'],
		['a statistic', 'pods', undefined, 'cpu-p95'],
		['one that is not chosen', 'nodes', ['name', 'cpu', 'memory'], 'fs%'],
		['a measure of a map', 'workloads', undefined, 'unready'],
	] as const)('show the one that rows are sorted by at any width: %s', (_which, level, chosen, sortedBy) => {
		for (const width of [40, 80, 120, 200, 400]) {
			const columns = wantedColumns(level, {
				hasInventory: true,
				chosen,
				isWide: false,
				hasStatistics: false,
				sortedBy,
			});
			const ids = layOut(columns, width, () => undefined).map(({id}) => id);
			expect(ids).toContain('name');
			expect(ids.filter(id => id === sortedBy)).toEqual([sortedBy]);
		}
	});

	test('have the statistic that rows are sorted by beside its figure', () => {
		const ids = wantedColumns('pods', {
			hasInventory: true,
			chosen: undefined,
			isWide: false,
			hasStatistics: false,
			sortedBy: 'memory-p95',
		}).map(({id}) => id);
		expect(ids[ids.indexOf('memory') + 1]).toBe('memory-p95');
	});
});
