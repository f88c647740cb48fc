import {describe, expect, test} from 'vitest';
import {columnsOf} from '../../../source/metrics/columns/columns.ts';
import type {Column} from '../../../source/metrics/model/column.ts';
import type {Row} from '../../../source/metrics/model/row.ts';
import type {View} from '../../../source/metrics/model/view.ts';
import type {ScreenState} from '../../../source/ui/state/screen-state.ts';
import {shownMap} from '../../../source/ui/view/shown-map.ts';
import {spokenLines} from '../../../source/ui/view/spoken.ts';
import {TableCache} from '../../../source/ui/view/table-cache.ts';
import {feedOf, NOW, storeOf} from '../feeds.ts';
import {START, startingAt, stateAfter} from '../state/states.ts';

const {source} = feedOf(storeOf());
const view = source.view(
	{level: 'nodes', sort: {column: 'cpu', isDescending: true}},
	'live',
	NOW,
) as unknown as View;

function spoken(
	state: ScreenState,
	known: Partial<Parameters<typeof spokenLines>[0]> = {},
): readonly string[] {
	return spokenLines({
		label: 'one kubelet',
		state,
		view,
		map: undefined,
		subject: undefined,
		cluster: source.cluster('live', NOW),
		overlay: [],
		notice: undefined,
		nowMs: NOW,
		...known,
	});
}

describe('the sentences for a screen reader', () => {
	test('describe the table, the known figures of the selected row, and the cluster', () => {
		const [title, table, row, cluster] = spoken(START);
		expect(title).toBe('ktop, one kubelet.');
		expect(table).toBe('nodes, sorted by cpu, row 1 of 3.');
		expect(row).toMatch(/^alpha: .*CPU 3\.80/);
		expect(row).not.toContain('–');
		expect(cluster).toMatch(/^2 of 3 nodes read, 3 pods\. CPU 4\.80 cores, 60%\./);
	});

	test('start with the notice and the filter that is typed', () => {
		const typing = stateAfter([{type: 'filter'}], undefined, startingAt('nodes', 'web'));
		expect(spoken(typing, {notice: 'pods are hidden'}).slice(1, 3)).toEqual([
			'pods are hidden',
			'Filter: web',
		]);
	});

	test('include the error of the filter that is typed', () => {
		const typing = stateAfter([{type: 'filter'}], undefined, startingAt('nodes', 'x>1'));
		expect(spoken(typing)[1]).toMatch(/^Filter: x>1\. no column x: use one of /);
	});

	test('say what a map shows at a glance, and the selected cell', () => {
		const tables = new TableCache(() => 5000);
		const mapped = stateAfter([{type: 'form', form: 'map'}]);
		const grouped = tables.grouped(mapped, source, NOW);
		const [cpu] = columnsOf('nodes').filter(({id}) => id === 'cpu');
		if (grouped === undefined || cpu === undefined) {
			throw new Error('no rows of nodes');
		}

		const map = shownMap(grouped, tables.figures(cpu as Column<Row>, grouped, NOW), {width: 80, height: 20});
		expect(spoken(mapped, {map, view: grouped.view}).slice(1, 4)).toEqual([
			'nodes, cell 1 of 3.',
			'Map of CPU. all: 3, mean 2.40, most 3.80.',
			expect.stringMatching(/^alpha: .*CPU 3\.80/),
		]);
	});

	test('include an overlay', () => {
		expect(spoken(START, {overlay: ['one', 'two\u0007']})).toEqual(
			expect.arrayContaining(['one', 'two\uFFFD']),
		);
	});

	test('name the object of a page without a table', () => {
		expect(spoken(START, {view: undefined})[1]).toBe('Page of .');
	});
});
