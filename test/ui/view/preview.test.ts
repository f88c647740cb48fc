import {describe, expect, test} from 'vitest';
import type {View} from '../../../source/metrics/model/view.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import type {ScreenState} from '../../../source/ui/state/screen-state.ts';
import {previewOf} from '../../../source/ui/view/preview.ts';
import {TableCache} from '../../../source/ui/view/table-cache.ts';
import {namespaceRow} from '../../metrics/rows.ts';
import {NOW, storeOf} from '../feeds.ts';
import {showing, startingAt} from '../state/states.ts';

const store = storeOf();
const tables = new TableCache(() => 5000);
const preview = (state: ScreenState, view: View | undefined = tables.view(state, store, NOW)) =>
	previewOf(state, view, {source: store, nowMs: NOW, tables});

describe('a preview', () => {
	test('follows the selection, with the busiest of what is in the row', () => {
		const nodes = startingAt('nodes');
		expect(preview(nodes)).toMatchObject({row: {name: 'alpha'}, inner: {view: {level: 'containers'}}});
		expect(
			preview(nodes)
				?.inner?.view.rows.map(({name}) => name)
				.sort(),
		).toEqual(['web-1-main', 'web-2-main']);
		const rows = tables.view(nodes, store, NOW)?.rows ?? [];
		const moved = act(nodes, {type: 'move', by: 1}, showing(rows));
		expect(preview(moved)?.inner?.view.rows.map(({name}) => name)).toEqual(['db-0-main']);
	});

	test.each([
		['pods', 'containers'],
		['namespaces', 'pods'],
	] as const)('of %s shows %s', (level, inner) => {
		expect(preview(startingAt(level))?.inner?.view.level).toBe(inner);
	});

	test('of a container, of a node that cannot be read, and of an empty table has no table', () => {
		expect(preview(startingAt('containers'))?.inner).toBeUndefined();
		const nodes = startingAt('nodes');
		const rows = tables.view(nodes, store, NOW)?.rows ?? [];
		const last = act(nodes, {type: 'move', by: 9}, showing(rows));
		expect(preview(last)).toMatchObject({row: {name: 'gamma'}, inner: undefined});
		expect(preview(startingAt('nodes', 'nothing-like-this'))).toBeUndefined();
	});

	test('of a namespace with thousands of pods does not sort them', () => {
		const state = startingAt('namespaces');
		const view = tables.view(state, store, NOW);
		const rows = [{...namespaceRow('shop'), podCount: 30_000}];
		expect(preview(state, view && ({...view, rows} as View))?.inner).toBeUndefined();
	});
});
