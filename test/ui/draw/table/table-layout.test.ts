import {describe, expect, test} from 'vitest';
import {columnsOf} from '../../../../source/metrics/columns/columns.ts';
import type {PodRow} from '../../../../source/metrics/model/row.ts';
import type {View} from '../../../../source/metrics/model/view.ts';
import {columnAt, tableLayout} from '../../../../source/ui/draw/table/table-layout.ts';
import {nodeRow, podRow} from '../../../metrics/rows.ts';

function idsOf(row: PodRow, width: number, chosen: readonly string[] | undefined): readonly string[] {
	const view: View = {level: 'pods', columns: columnsOf('pods'), rows: [row], total: 1, atMs: 0};
	const layout = tableLayout(view, [row], {
		width,
		hasInventory: true,
		chosen,
		isWide: false,
		hasStatistics: false,
	});
	return layout.columns.map(({id}) => id);
}

describe('the layout of a table', () => {
	test('adds only spare columns with at least one known value', () => {
		const ids = (row: PodRow): readonly string[] => idsOf(row, 400, undefined);
		expect(ids(podRow('p'))).not.toContain('ephemeral');
		expect(ids(podRow('p', {ephemeralStorageUsedBytes: 1}))).toContain('ephemeral');
		expect(ids(podRow('p'))).toContain('rss');
	});

	test('shows a chosen column without known values', () => {
		expect(idsOf(podRow('p'), 80, ['name', 'cpu', 'psi-memory'])).toContain('psi-memory');
	});

	test('says of each problem where it is, on the narrowest screen too', () => {
		const view: View = {level: 'problems', columns: columnsOf('problems'), rows: [], total: 0, atMs: 0};
		const options = {hasInventory: true, chosen: undefined, isWide: false, hasStatistics: false};
		const ids = tableLayout(view, [], {...options, width: 40, sortedBy: 'level'}).columns.map(({id}) => id);
		expect(ids).toEqual(['level', 'reason', 'name']);
	});

	test('finds the column of a cell, but not for sparklines and gaps', () => {
		const rows = [nodeRow('n')];
		const view: View = {level: 'nodes', columns: columnsOf('nodes'), rows, total: 1, atMs: 0};
		const layout = tableLayout(view, rows, {
			width: 120,
			hasInventory: false,
			chosen: undefined,
			isWide: false,
			hasStatistics: false,
		});
		const found = Array.from({length: 120}, (_, cell) => columnAt(layout, cell));
		for (const {id, series, cells} of layout.columns) {
			expect(found.filter(each => each === id)).toHaveLength(series === undefined ? cells : 0);
		}

		expect(found.slice(0, 3)).toEqual([undefined, undefined, 'name']);
	});
});
