import {describe, expect, test, vi} from 'vitest';
import type {Feed} from '../../../source/ui/feed.ts';
import {feedOf, storeOf} from '../feeds.ts';
import {renderApp} from './render-app.tsx';

/** The prompt to the end of the screen. */
const foot = (text: () => string): string => {
	const lines = text().split('\n');
	return lines.slice(lines.findLastIndex(line => line.startsWith(':'))).join('\n');
};

describe('the prompt for commands', () => {
	test.each([
		['', /^: *\n Tab: nodes pods containers namespaces tree cluster ns sort/],
		['so', /^:so *\n :sort COLUMN: sort by a column; .* Tab: sort$/m],
		['sort m', /^:sort m *\n .* Tab: memory/],
		['ns ', /^:ns {2,}\n :ns a,b: only these namespaces; .* Tab: all shop/],
	])('with %j typed says what it may become', async (typed, shown) => {
		const {press, text} = await renderApp({columns: 120});
		await press(':', ...(typed === '' ? [] : [typed]));
		expect(foot(text)).toMatch(shown);
	});

	test('goes to tables, narrows and sorts', async () => {
		const {press, text} = await renderApp({columns: 120});
		await press(':', 'pods', '\r');
		expect(text()).toMatch(/NAMESPACE +POD/);
		await press(':', 'sort na\t', '\r');
		expect(text()).toContain('POD▲');
		await press(':', 'ns shop', '\r');
		expect(text()).toContain('namespace shop');
		await press(':', 'interval 2s', '\r');
		expect(text()).toContain('read every 2s');
	});

	test('keeps a wrong one with what is wrong, and lets it be dropped', async () => {
		const {press, text} = await renderApp();
		await press(':', 'podz', '\r');
		expect(foot(text)).toMatch(/^:podz *\n no command podz: did you mean pod/);
		await press('\u001B');
		expect(text()).not.toContain(':podz');
	});

	test('takes what is pasted', async () => {
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
	test('that do nothing are told what helps', async () => {
		const {press, text} = await renderApp();
		await press('Z');
		expect(text()).toContain('Z does nothing here: ? lists all keys, : takes a command');
		await press('j');
		expect(text()).not.toContain('does nothing here');
	});

	test('of the foot are pressed by a click', async () => {
		const {point, text} = await renderApp();
		const lines = text().split('\n');
		const line = lines.length - 1;
		await point({kind: 'press', line, column: (lines[line] ?? '').indexOf('? help')});
		expect(text()).toContain('move up and down');
		await point({kind: 'press', line, column: (text().split('\n')[line] ?? '').indexOf('Esc close')});
		expect(text()).not.toContain('move up and down');
	});

	test('write the table as it is shown, and say where', async () => {
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

	test('say that there is no table to write on a page without one', async () => {
		const {press, text} = await renderApp({level: 'containers'});
		await press('\r', 'S');
		expect(text()).toContain('there is no table here to write');
	});
});
