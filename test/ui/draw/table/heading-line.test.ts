import {stripVTControlCharacters} from 'node:util';
import {describe, expect, test} from 'vitest';
import {columnsOf} from '../../../../source/metrics/columns/columns.ts';
import type {View} from '../../../../source/metrics/model/view.ts';
import {emptyLine} from '../../../../source/ui/draw/table/empty-line.ts';
import {headingLine} from '../../../../source/ui/draw/table/heading-line.ts';
import {tableLayout} from '../../../../source/ui/draw/table/table-layout.ts';
import {widthOf} from '../../../../source/ui/format/width.ts';
import {createTheme} from '../../../../source/ui/theme/theme.ts';
import {nodeRow, podRow} from '../../../metrics/rows.ts';

const rows = [nodeRow('n')];
const view: View = {level: 'nodes', columns: columnsOf('nodes'), rows, total: 1, atMs: 0};

function heading(
	column: string,
	isDescending: boolean,
	seam?: number,
	symbols: 'unicode' | 'ascii' = 'unicode',
) {
	const layout = tableLayout(view, rows, {
		width: 120,
		hasInventory: false,
		chosen: undefined,
		isWide: false,
		hasStatistics: false,
	});
	return headingLine(layout, {
		level: 'nodes',
		sort: {column, isDescending},
		theme: createTheme({name: 'terminal', colors: 'none', symbols}),
		windowLabel: '5m',
		windowOf: points => ({points, stepMs: 1000, endMs: 0}),
		seamOf: () => seam,
	});
}

describe('the heading line', () => {
	test('is as wide as the table, and shows the window above sparklines', () => {
		// biome-ignore lint/suspicious/noControlCharactersInRegex: SGR sequences begin with ESC
		const line = heading('cpu', true).replace(/\u001B\[[0-9;]*m/g, '');
		expect(widthOf(line)).toBe(120);
		expect(line).toMatch(/^ {2}NODE .* CPU▼ .* 5m /);
	});

	test('says what the full height of a sparkline means, if possible beside the seam', () => {
		expect(heading('cpu', true)).toContain(' 5m /cap ');
		expect(heading('cpu', true, 2)).toContain(' 5m┊/cap ');
		expect(heading('cpu', true, 4)).toContain(' 5m /cap ');
		expect(heading('cpu', true, 6)).toContain(' 5m/cap┊ ');
	});

	test.each([
		['memory', false, 'unicode', 'MEM▲'],
		['memory', true, 'ascii', 'MEMv'],
		['memory', false, 'ascii', 'MEM^'],
	] as const)('marks the sort column %s, descending %s, in %s', (column, isDescending, symbols, text) => {
		expect(heading(column, isDescending, undefined, symbols)).toContain(text);
	});

	test('has room for the arrow at the last column', () => {
		const sort = {column: 'volumes%', isDescending: true};
		const pods: View = {level: 'pods', columns: columnsOf('pods'), rows: [podRow('p')], total: 1, atMs: 0};
		const options = {hasInventory: true, chosen: undefined, isWide: false, hasStatistics: false};
		const layout = tableLayout(pods, [podRow('p')], {width: 80, ...options, sortedBy: sort.column});
		const line = headingLine(layout, {
			level: 'pods',
			sort,
			theme: createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'}),
			windowLabel: '5m',
			windowOf: points => ({points, stepMs: 1000, endMs: 0}),
			seamOf: () => undefined,
		});
		expect(stripVTControlCharacters(line)).toMatch(/ VOL%▼ *$/);
	});

	test('marks where ktop’s own samples begin', () => {
		expect(heading('cpu', true, 7)).toContain('5m /cap┊');
		expect(heading('cpu', true)).not.toContain('┊');
	});
});

test.each([
	['nodes', 0, '  no nodes'],
	['nodes', 7, '  none of 7 nodes matches the filter; Esc clears it'],
	['tree', 7, '  none of 7 rows matches the filter; Esc clears it'],
] as const)('an empty table of %s with %d rows shows why it is empty', (level, total, text) => {
	const theme = createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'});
	expect(emptyLine({level, columns: [], rows: [], total, atMs: 0}, 60, theme)).toContain(text);
});
