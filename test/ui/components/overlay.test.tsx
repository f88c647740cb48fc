import {describe, expect, test} from 'vitest';
import {feedOf, storeOf} from '../feeds.ts';
import {renderApp} from './render-app.tsx';

const END = 'ctrl-c';

describe('an overlay', () => {
	test.each([
		['?', 'move up and down'],
		['e', 'CPU'],
		['E', 'No events yet'],
	])('opened with %s replaces the table until Esc', async (key, said) => {
		const {press, text} = await renderApp();
		await press(key);
		expect(text()).toContain(said);
		expect(text()).not.toMatch(/▸ alpha/);
		await press('\u001B');
		expect(text()).toMatch(/▸ alpha/);
	});

	test('scrolls line by line to its end', async () => {
		const {press, text} = await renderApp({columns: 60, rows: 10});
		await press('?');
		const [, , first, second] = text().split('\n');
		expect(text()).toMatch(/… \d+ more lines below/);
		await press('j');
		expect(text().split('\n')[2]).toBe(second);
		await press('k', 'k');
		expect(text().split('\n')[2]).toBe(first);
		await press('G');
		expect(text()).not.toContain('more lines below');
		const atEnd = text();
		await press('j');
		expect(text()).toBe(atEnd);
	});

	test.each([
		[20, 5],
		[40, 10],
		[200, 60],
	])('fills its area at %ix%i', async (columns, rows) => {
		const {press, text} = await renderApp({columns, rows});
		await press('?');
		expect(text().split('\n')).toHaveLength(rows);
		expect(text()).toMatch(/ \? help|Esc close/);
	});

	test('is ASCII in an ASCII terminal', async () => {
		const {press, text} = await renderApp({symbols: 'ascii', columns: 60, rows: 10});
		await press('?');
		expect(text()).toMatch(/~ \d+ more lines below/);
		expect(text()).toMatch(/^[\n -~]*$/);
	});

	test('is replaced by another overlay', async () => {
		const {press, text} = await renderApp({feed: feedOf(storeOf(), {events: () => []})});
		await press('?', 'E');
		expect(text()).toContain('No events yet');
		expect(text()).not.toContain(END);
	});
});
