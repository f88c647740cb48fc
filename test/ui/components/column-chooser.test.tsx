import {describe, expect, test} from 'vitest';
import {renderApp} from './render-app.tsx';

describe('the column chooser', () => {
	test('lists the columns of the table with their meaning, and the keys', async () => {
		const {press, text} = await renderApp();
		await press('o');
		expect(text()).toMatch(/■ CPU +CPU in use, in cores/);
		expect(text()).toContain('space show or hide');
		expect(text()).not.toContain('▸ alpha');
	});

	test('hides a column and saves that', async () => {
		const {press, line, remembered} = await renderApp({columns: 120});
		await press('o', 'j', 'j', ' ');
		expect(line('CPU% ')).toContain('□');
		await press('\r');
		expect(line('NODE')).not.toContain('CPU%');
		expect(remembered.at(-1)?.columns.nodes).not.toContain('cpu%');
	});

	test.each([
		[20, 5],
		[40, 10],
	])('scrolls with the selected column at %ix%i', async (columns, rows) => {
		const {press, text} = await renderApp({columns, rows});
		await press('o', 'j', 'j', 'j', 'j', 'j', 'j', 'j');
		expect(text().split('\n')).toHaveLength(rows);
		expect(text()).toContain('RSS');
		expect(text()).not.toContain('■ NODE');
	});

	test('has ASCII boxes in an ASCII terminal', async () => {
		const {press, text} = await renderApp({symbols: 'ascii'});
		await press('o');
		expect(text()).toContain('[x] CPU');
		expect(text()).toMatch(/^[\n -~]*$/);
	});

	test('highlights the selected column', async () => {
		const {press, frame} = await renderApp({colors: '16'});
		await press('o');
		expect(frame()).toContain('\u001B[7m  ■ NODE');
	});
});
