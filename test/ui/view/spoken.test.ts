import {describe, expect, test} from 'vitest';
import type {View} from '../../../source/metrics/model/view.ts';
import type {ScreenState} from '../../../source/ui/state/screen-state.ts';
import {spokenLines} from '../../../source/ui/view/spoken.ts';
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
		subject: undefined,
		cluster: source.cluster('live', NOW),
		overlay: [],
		notice: undefined,
		nowMs: NOW,
		...known,
	});
}

describe('the screen in sentences', () => {
	test('tells the table, the selected row with what is known of it, and the cluster', () => {
		const [title, table, row, cluster] = spoken(START);
		expect(title).toBe('ktop, one kubelet.');
		expect(table).toBe('nodes, sorted by cpu, row 1 of 3.');
		expect(row).toMatch(/^alpha: .*CPU 3\.80/);
		expect(row).not.toContain('–');
		expect(cluster).toMatch(/^2 of 3 nodes read, 3 pods\. CPU 4\.80 cores, 60%\./);
	});

	test('tells what is typed and what there is to say first', () => {
		const typing = stateAfter([{type: 'filter'}], undefined, startingAt('nodes', 'web'));
		expect(spoken(typing, {notice: 'pods are hidden'}).slice(1, 3)).toEqual([
			'pods are hidden',
			'Filter: web',
		]);
	});

	test('tells what is wrong with the filter that is typed', () => {
		const typing = stateAfter([{type: 'filter'}], undefined, startingAt('nodes', 'x>1'));
		expect(spoken(typing)[1]).toMatch(/^Filter: x>1\. no column x: use one of /);
	});

	test('reads an overlay out', () => {
		expect(spoken(START, {overlay: ['one', 'two\u0007']})).toEqual(
			expect.arrayContaining(['one', 'two\uFFFD']),
		);
	});

	test('of a page without a table names its subject', () => {
		expect(spoken(START, {view: undefined})[1]).toBe('Page of .');
	});
});
