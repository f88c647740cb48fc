import {describe, expect, test} from 'vitest';
import {columnsOf} from '../../../../source/metrics/columns/columns.ts';
import type {Column} from '../../../../source/metrics/model/column.ts';
import type {NodeRow} from '../../../../source/metrics/model/row.ts';
import type {RowList} from '../../../../source/metrics/model/row-list.ts';
import type {View} from '../../../../source/metrics/model/view.ts';
import {nameWidth} from '../../../../source/ui/draw/table/name-widths.ts';
import {nodeRow} from '../../../metrics/rows.ts';

const MOST = 60;
const LONG = `worker-with-a-name-of-${'x'.repeat(20)}`;

const viewOf = (rows: RowList<NodeRow>): View<'nodes'> => ({
	level: 'nodes',
	columns: columnsOf('nodes'),
	rows,
	total: rows.length,
	atMs: 0,
});

/** Names of nine cells; the long name has place `long`. */
const nodes = (count: number, long: number): readonly NodeRow[] =>
	Array.from({length: count}, (_, index) => nodeRow(index === long ? LONG : `node-${1000 + index}`));

/** Rows in some order, of which a sample is the same whatever the order. */
const sampled = (rows: readonly NodeRow[], all: readonly NodeRow[]): RowList<NodeRow> =>
	Object.assign([...rows], {sample: (count: number) => all.slice(0, count)});

/** Columns that count how often a name is asked for. */
function countingColumns(): readonly [asked: () => number, columns: ReadonlyArray<Column<NodeRow>>] {
	let count = 0;
	const columns = columnsOf('nodes').map(
		(column): Column<NodeRow> => ({
			...column,
			value: (row, nowMs) => {
				count++;
				return column.value(row, nowMs);
			},
		}),
	);
	return [() => count, columns];
}

describe('the width of a column of names', () => {
	test.each([0, 7, 398])('is that of the longest name of a table, here in row %i', long => {
		const rows = nodes(400, long);
		expect(nameWidth(viewOf(rows), rows.slice(0, 10), 'name', MOST)).toBe(LONG.length);
	});

	test('is at most what there is room for', () => {
		const rows = nodes(400, 7);
		expect(nameWidth(viewOf(rows), rows.slice(0, 10), 'name', 20)).toBe(20);
	});

	test('fits the rows on the screen of a table that is too large to be measured whole', () => {
		const rows = nodes(5000, 4321);
		const view = viewOf(rows);
		const off = nameWidth(view, rows.slice(0, 40), 'name', MOST);
		expect(off).toBe('node-1000'.length);
		expect(nameWidth(view, rows.slice(4300, 4340), 'name', MOST)).toBe(LONG.length);
	});

	test('asks no text again where a view has the same rows in another order', () => {
		const rows = nodes(5000, 4321);
		const [asked, columns] = countingColumns();
		const first = {...viewOf(sampled(rows, rows)), columns};
		const width = nameWidth(first, [], 'name', MOST);
		const askedFirst = asked();
		expect(askedFirst).toBeGreaterThan(0);
		expect(nameWidth({...viewOf(sampled(rows.toReversed(), rows)), columns}, [], 'name', MOST)).toBe(width);
		expect(asked()).toBe(askedFirst);
	});

	test('is measured again where one row is another', () => {
		const rows = nodes(400, -1);
		expect(nameWidth(viewOf(rows), [], 'name', MOST)).toBe('node-1000'.length);
		expect(nameWidth(viewOf(rows.with(7, nodeRow(LONG))), [], 'name', MOST)).toBe(LONG.length);
	});

	test('is undefined for figures', () => {
		const rows = nodes(3, 0);
		expect(nameWidth(viewOf(rows), rows, 'cpu', MOST)).toBeUndefined();
	});
});
