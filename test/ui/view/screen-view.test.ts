import {describe, expect, test} from 'vitest';
import {act} from '../../../source/ui/state/reduce.ts';
import type {ScreenState} from '../../../source/ui/state/screen-state.ts';
import {createTheme} from '../../../source/ui/theme/theme.ts';
import {type ScreenView, screenView} from '../../../source/ui/view/screen-view.ts';
import {TableCache} from '../../../source/ui/view/table-cache.ts';
import {visibleTo} from '../../../source/ui/view/visible.ts';
import {feedOf, NOW, storeOf} from '../feeds.ts';
import {START, startingAt} from '../state/states.ts';

const feed = feedOf(storeOf());
const theme = createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'});
const tables = new TableCache(() => 5000);

function shown(state: ScreenState, columns = 100, rows = 24): ScreenView {
	return screenView(state, {source: feed.source, feed, columns, rows, nowMs: NOW, theme, tables});
}

const visible = (state: ScreenState) => visibleTo(state, feed, shown(state));
const opened = act(START, {type: 'open'}, visible(START));

describe('the screen', () => {
	test('of the first page is a table of all rows, and what it leaves free a preview', () => {
		const {areas, table, preview, subject, cluster} = shown(START);
		expect(areas).toEqual({header: 3, charts: 0, table: 5, preview: 14, foot: 1});
		expect(preview?.row.name).toBe('alpha');
		expect(table?.rows.map(({name}) => name)).toEqual(['alpha', 'beta', 'gamma']);
		expect(table?.layout.width).toBe(100);
		expect([subject, cluster.nodes]).toEqual([undefined, 3]);
	});

	test('of an opened object has its charts or facts above the table', () => {
		const {subject, above, areas} = shown(opened);
		expect(subject).toMatchObject({kind: 'node', name: 'alpha'});
		expect(above).toEqual({facts: 0, charts: areas.charts});
		expect(shown(act(opened, {type: 'facts'}, visible(opened))).above.facts).toBeGreaterThan(0);
	});

	test('of a container has no table', () => {
		const page = act(opened, {type: 'open'}, visible(opened));
		const {table, view, areas} = shown(page);
		expect([table, view, areas.table]).toEqual([undefined, undefined, 0]);
	});

	test('gives a preview what a filter leaves free, but not while it is typed', () => {
		const filtered = startingAt('nodes', 'alpha');
		expect(shown(filtered).areas).toMatchObject({table: 3, preview: 16, foot: 1});
		const typing = act(filtered, {type: 'filter'}, visible(filtered));
		expect(shown(typing).areas).toMatchObject({table: 5, preview: 13, foot: 2});
	});

	test('contains only the rows that fit', () => {
		expect(shown(START, 100, 5).table?.rows).toHaveLength(1);
	});
});

describe('the data for the reducer', () => {
	test('are the rows, columns and times on the screen', () => {
		const {rows, sortable, shownColumns, height, stepMs} = visible(START);
		expect(rows.map(({name}) => name)).toEqual(['alpha', 'beta', 'gamma']);
		expect(sortable).toEqual(expect.arrayContaining(['name', 'cpu', 'memory', 'state']));
		expect(shownColumns()[0]).toBe('name');
		expect(shownColumns().some(id => id.startsWith('~'))).toBe(false);
		expect([height, stepMs]).toEqual([4, 10_000]);
	});

	test('include the number of lines of an overlay that do not fit', () => {
		expect(visible(START).overlayRest).toBe(0);
		expect(visible(act(START, {type: 'help'}, visible(START))).overlayRest).toBeGreaterThan(0);
	});
});
