import {describe, expect, test} from 'vitest';
import {feedOf, storeOf} from '../feeds.ts';
import {renderApp} from './render-app.tsx';

describe('the map', () => {
	test('has a cell for each node, and the selected one in words', async () => {
		const {text, press, line} = await renderApp();
		await press('v');
		expect(text()).toContain('CPU % OF ALLOCATABLE: 0-9 tenths, ? unknown');
		expect(text()).toContain('9 alpha  95%  2 beta   25%  ? gamma    –');
		expect(line('▸')).toMatch(/^▸ alpha {2}CPU% 95% {2}CPU 3\.80/);
	});

	test('shows what is chosen with the keys of the order', async () => {
		const {text, press} = await renderApp();
		await press('v', 'm');
		expect(text()).toContain('MEMORY % OF ALLOCATABLE');
		await press('>');
		expect(text()).toContain('FILESYSTEM %');
		await press('n');
		expect(text()).toMatch(/NETWORK RECEIVED|NET↓/);
	});

	test('moves with arrows, opens on Enter and comes back to the cell', async () => {
		const {text, press, line} = await renderApp();
		await press('v', '\u001B[C');
		expect(line('▸')).toContain('▸ beta');
		await press('\r');
		expect(text()).toContain('nodes › beta › containers');
		await press('\u001B');
		expect(line('▸')).toContain('▸ beta');
		expect(text()).toContain('0-9 tenths');
	});

	test('keeps its cells in their places when values change the order of the table', async () => {
		const {text, press} = await renderApp({feed: feedOf(storeOf(['zeta', 'beta']))});
		await press('v');
		expect(text()).toMatch(/beta .* gamma .* zeta/);
	});

	test('is filtered as the table', async () => {
		const {text, press} = await renderApp();
		await press('v', '/', 'eta', '\r');
		expect(text()).not.toMatch(/alpha +95%/);
		expect(text()).toMatch(/2 beta +25%/);
		await press('/', 'nothing', '\r');
		expect(text()).toContain('none of 3 nodes matches the filter');
	});

	test('selects the cell under the mouse, and opens the selected one', async () => {
		const {text, point, press, line} = await renderApp();
		await press('v');
		const cellLine = text()
			.split('\n')
			.findIndex(each => each.includes('9 alpha'));
		const column = (text().split('\n')[cellLine] ?? '').indexOf('2 beta');
		await point({kind: 'press', line: cellLine, column});
		expect(line('▸')).toContain('▸ beta');
		await point({kind: 'press', line: cellLine, column});
		expect(text()).toContain('nodes › beta');
	});

	test('asks for no node first while all are on the screen', async () => {
		const asked: Array<readonly string[]> = [];
		const {press} = await renderApp({
			feed: feedOf(storeOf(), {polling: {setVisibleNodes: ids => void asked.push(ids)}}),
		});
		await press('v');
		expect(asked.at(-1)).toEqual([]);
	});

	test('fits on the lowest screens', async () => {
		for (const rows of [3, 5, 6, 10]) {
			const {text, press} = await renderApp({columns: 40, rows});
			await press('v');
			expect(text().split('\n')).toHaveLength(rows);
		}
	});
});
