import {describe, expect, test, vi} from 'vitest';
import type {Feed} from '../../../source/ui/feed.ts';
import {feedOf, storeOf} from '../feeds.ts';
import {renderApp} from './render-app.tsx';

/** The lines from the prompt to the end of the screen. */
const foot = (text: () => string): string => {
	const lines = text().split('\n');
	return lines.slice(lines.findLastIndex(line => line.startsWith(':'))).join('\n');
};

describe('the command line', () => {
	test.each([
		['', /^: *\n Tab: nodes pods containers namespaces tree workloads cluster/],
		['so', /^:so *\n :sort COLUMN: sort by a column; .* Tab: sort$/m],
		['sort m', /^:sort m *\n .* Tab: memory/],
		['ns ', /^:ns {2,}\n :ns a,b: show only these namespaces; .* Tab: all shop/],
	])('with %j shows its help and completions', async (typed, shown) => {
		const {press, text} = await renderApp({columns: 120});
		await press(':', ...(typed === '' ? [] : [typed]));
		expect(foot(text)).toMatch(shown);
	});

	test('selects tables, namespaces and the sort column', async () => {
		const {press, text} = await renderApp({columns: 120});
		await press(':', 'pods', '\r');
		expect(text()).toMatch(/NAMESPACE +POD/);
		await press(':', 'sort na\t', '\r');
		expect(text()).toContain('POD▲');
		await press(':', 'ns shop', '\r');
		expect(text()).toContain('namespace shop');
		await press(':', 'interval 2s', '\r');
		expect(text()).toContain('interval: 2s');
	});

	test('keeps an invalid command with its error until Esc', async () => {
		const {press, text} = await renderApp();
		await press(':', 'podz', '\r');
		expect(foot(text)).toMatch(/^:podz *\n no command podz: did you mean pod/);
		await press('\u001B');
		expect(text()).not.toContain(':podz');
	});

	test('accepts pasted text', async () => {
		const {press, text} = await renderApp();
		await press(':', '\u001B[200~ns\nshop\u001B[201~');
		expect(foot(text)).toMatch(/^:ns shop/);
	});

	test('is opened by F6 to sort by any column', async () => {
		let pressKey: (name: string) => void = () => {};
		const {text, settle} = await renderApp({
			terminal: {
				onFunctionKey(listener) {
					pressKey = listener;
					return () => {};
				},
			},
		});
		pressKey('f6');
		await settle();
		expect(foot(text)).toMatch(/^:sort +\n .* Tab: name cpu/);
	});
});

describe('keys', () => {
	test('without an action show where all keys are listed', async () => {
		const {press, text} = await renderApp();
		await press('Z');
		expect(text()).toContain('Z is no key of ktop: ? lists all keys, : opens the command line');
		await press('j');
		expect(text()).not.toContain('is no key of ktop');
	});

	test('in the footer can be clicked', async () => {
		const {point, text} = await renderApp();
		const lines = text().split('\n');
		const line = lines.length - 1;
		await point({kind: 'press', line, column: (lines[line] ?? '').indexOf('? help')});
		expect(text()).toContain('move up and down');
		await point({kind: 'press', line, column: (text().split('\n')[line] ?? '').indexOf('Esc close')});
		expect(text()).not.toContain('move up and down');
	});

	test('write the table with the columns on the screen, and show the path', async () => {
		const exportTable = vi.fn<NonNullable<Feed['exportTable']>>(async () => '1 row written to /tmp/x.csv');
		const {press, text} = await renderApp({feed: feedOf(storeOf(), {exportTable}), columns: 80});
		await press('/', 'alp', '\r', 'S');
		expect(text()).toContain('1 row written to /tmp/x.csv');
		const [[table] = []] = exportTable.mock.calls;
		expect(table).toMatchObject({
			path: undefined,
			columnIds: expect.arrayContaining(['name', 'cpu', 'memory']),
		});
		expect(table?.view.rows.map(({name}) => name)).toEqual(['alpha']);
		expect(table?.columnIds.filter(id => id.startsWith('~'))).toEqual([]);
		await press(':', 'export /tmp/y.csv', '\r');
		expect(exportTable.mock.calls[1]?.[0].path).toBe('/tmp/y.csv');
	});

	test('show a message if a page has no table to write', async () => {
		const {press, text} = await renderApp({level: 'containers'});
		await press('\r', 'S');
		expect(text()).toContain('cannot write CSV: this page has no table');
	});
});
