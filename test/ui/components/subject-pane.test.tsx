import {describe, expect, test} from 'vitest';
import {renderApp} from './render-app.tsx';

describe('facts', () => {
	test.each([
		['alone where there is no room for charts', 20, {facts: true, charts: false}],
		['with charts below them where there is', 40, {facts: true, charts: true}],
	])('are above the table, %s', async (_how, rows, expected) => {
		const {text, press} = await renderApp({rows});
		await press('\r', 'd');
		expect({facts: text().includes('Memory left'), charts: text().includes('┤')}).toEqual(expected);
		expect(text()).toContain('NAMESPACE POD');
	});

	test('are replaced by charts again', async () => {
		const {text, press} = await renderApp({rows: 24});
		await press('\r', 'd', 'd');
		expect(text()).not.toContain('Memory left');
		expect(text()).toContain('┤');
	});

	test('that do not fit have more pages, which J and K turn', async () => {
		const {text, press} = await renderApp({rows: 14, columns: 60});
		await press('\r', 'd');
		const first = text();
		expect(first).toContain('facts 1 of 2');
		await press('K');
		expect(text()).toBe(first);
		await press('J');
		expect(text()).toContain('facts 2 of 2');
		expect(text()).not.toContain('Memory left');
		const last = text();
		await press('J');
		expect(text()).toBe(last);
		await press('K');
		expect(text()).toBe(first);
	});

	test('fill a low screen', async () => {
		const {text, press} = await renderApp({rows: 14});
		await press('\r', 'd');
		expect(text()).toContain('Memory left');
		expect(text()).not.toContain('NAMESPACE POD');
	});
});
