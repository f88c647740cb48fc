import {describe, expect, test} from 'vitest';
import {Store} from '../../../source/metrics/store/store.ts';
import {feedOf, storeOf} from '../feeds.ts';
import {renderApp} from './render-app.tsx';

const [DOWN, RIGHT, ESCAPE] = ['\u001B[B', '\u001B[C', '\u001B'];

describe('the wall', () => {
	test('has a chart for each row in the order of the table, and the selected row in words', async () => {
		const {text, press, line, order} = await renderApp();
		await press('v', 'v');
		expect(text()).toContain('CPU of the last 1m, all to 4.00 cores');
		expect(order('alpha', 'beta', 'gamma')).toEqual(['alpha', 'beta', 'gamma']);
		expect(text()).toContain('no samples in 1m');
		expect(line('▸ alpha  CPU')).toMatch(/CPU 3\.80/);
	});

	test('shows what is chosen with the keys of the order, and another scale at z', async () => {
		const {text, press} = await renderApp();
		await press('v', 'v', 'm');
		expect(text()).toContain('MEMORY of the last 1m, all to 4.0Gi');
		await press('>', '>');
		expect(text()).toMatch(/NET(?:↓| RECEIVED) of the last 1m/);
		await press('c', 'z');
		expect(text()).toContain('each to its own /top');
		expect(text()).toMatch(/beta +1\.00\/1\.00/);
		await press('z');
		expect(text()).toContain('all to 4.00 cores');
	});

	test('keeps what it shows when its rows are sorted by name', async () => {
		const {text, press} = await renderApp();
		await press('v', 'v', 'm', ':', ...'sort name', '\r');
		expect(text()).toContain('MEMORY of the last 1m');
	});

	test('moves with arrows, opens on Enter and comes back to the chart; Esc leads to the table', async () => {
		const {text, press, line} = await renderApp({columns: 60});
		await press('v', 'v', RIGHT);
		expect(line('▸ beta  CPU')).not.toBe('');
		await press(DOWN);
		expect(line('▸ gamma')).not.toBe('');
		await press(RIGHT, '\u001B[D', '\r');
		expect(text()).toContain('nodes › beta › containers');
		await press(ESCAPE);
		expect(text()).toContain('CPU of the last');
		await press(ESCAPE);
		expect(text()).toContain('NODE');
	});

	test('is filtered as the table, and says so where nothing is left', async () => {
		const {text, press} = await renderApp();
		await press('v', 'v', '/', 'eta', '\r');
		expect(text()).not.toContain('alpha');
		await press('/', 'nothing', '\r');
		expect(text()).toContain('none of 3 nodes matches the filter');
		await press('v');
		expect(text()).toContain('none of 3 nodes matches the filter');
	});

	test('and the comparison of rows without any sample say that there is none', async () => {
		const store = new Store({capacity: 5, staleAfterMs: 30_000});
		store.addNode('silent', 'silent');
		const {text, press} = await renderApp({feed: feedOf(store)});
		await press('v', 'v');
		expect(text()).toContain('no samples in 30s');
		await press('v');
		expect(text()).toMatch(/1 silent +–/);
	});

	test('of the past ends at the cursor', async () => {
		const store = storeOf();
		const {text, press} = await renderApp({feed: feedOf(store)});
		await press('[', '[', '[', 'v', 'v');
		expect(text()).toContain('CPU of the last');
		expect(text()).toMatch(/alpha +3\.80/);
	});

	test('is laid out anew at another size', async () => {
		const {text, press, resize} = await renderApp({columns: 100, rows: 24});
		await press('v', 'v');
		for (const [columns, rows] of [
			[40, 10],
			[400, 120],
			[20, 5],
			[80, 24],
		] as const) {
			await resize(columns, rows);
			expect(text()).toContain('alpha');
		}
	});

	test('selects the chart under the mouse, and opens the selected one', async () => {
		const {text, press, point, line} = await renderApp({columns: 100, rows: 24});
		await press('v', 'v');
		const tile = text()
			.split('\n')
			.findIndex(each => each.includes('beta'));
		const column = (text().split('\n')[tile] ?? '').indexOf('beta');
		await point({kind: 'press', line: tile + 1, column});
		expect(line('▸ beta  CPU')).not.toBe('');
		await point({kind: 'press', line: tile + 1, column});
		expect(text()).toContain('nodes › beta');
	});
});

describe('the comparison', () => {
	test('has the first rows as lines of one chart, marked ones before others', async () => {
		const {text, press, line} = await renderApp({columns: 100, rows: 24});
		await press('V');
		expect(text()).toContain('CPU of the last 1m');
		expect(line('1 alpha')).toMatch(/▸ 1 alpha +3\.80/);
		await press('j', 'x');
		expect(line('1 beta')).toMatch(/\*1 beta/);
		await press('k', '\r');
		expect(text()).toContain('nodes › ');
		await press(ESCAPE);
		expect(text()).toContain('CPU of the last 1m');
	});
});
