import {describe, expect, test} from 'vitest';
import {feedOf, storeOf} from '../feeds.ts';
import {renderApp} from './render-app.tsx';

/** The lines from the title of a preview to the foot. */
function previewIn(text: string): readonly string[] {
	const lines = text.split('\n');
	const start = lines.findIndex(line => line.startsWith('── '));
	return start === -1 ? [] : lines.slice(start, -1);
}

describe('below a short table', () => {
	test.each([
		[80, 24],
		[140, 45],
		[200, 60],
	])('stand facts, charts and the busiest containers of the selected row at %ix%i', async (columns, rows) => {
		const {text, press} = await renderApp({columns, rows});
		const [title, ...lines] = previewIn(text());
		expect(title).toMatch(/^── node alpha ─+$/);
		expect(lines.some(line => /CPU {2}.*3\.80/.test(line))).toBe(true);
		expect(lines.some(line => line.includes('MEM'))).toBe(true);
		expect(lines.some(line => line.includes('web-1-main'))).toBe(true);
		expect(lines.filter(line => line.trim() === '').length).toBeLessThanOrEqual(1);
		await press('\u001B[B');
		expect(previewIn(text())[0]).toMatch(/^── node beta ─+$/);
		expect(previewIn(text()).some(line => line.includes('db-0-main'))).toBe(true);
	});

	test('stands no empty chart of a node that cannot be read', async () => {
		const {text, press} = await renderApp({columns: 100, rows: 30});
		await press('G');
		const [title, ...lines] = previewIn(text());
		expect(title).toContain('node gamma');
		expect(lines.join('\n')).not.toMatch(/┤|│/);
	});

	test('is nothing on a low screen, in a help text, and where the table is long', async () => {
		const {text, press, resize} = await renderApp({columns: 80, rows: 24});
		await press('?');
		expect(previewIn(text())).toEqual([]);
		await press('?');
		expect(previewIn(text())).not.toEqual([]);
		await resize(80, 12);
		expect(previewIn(text())).toEqual([]);
	});

	test('new samples are drawn', async () => {
		const store = storeOf();
		const feed = feedOf(store);
		const {text, settle} = await renderApp({feed, columns: 100, rows: 30});
		store.removeNode('alpha');
		feed.change();
		await settle();
		expect(previewIn(text())[0]).toContain('node beta');
	});
});
