import {describe, expect, test} from 'vitest';
import {renderApp} from '../components/render-app.tsx';
import {feedOf, storeOf} from '../feeds.ts';

async function open(rows: number) {
	const told: Array<readonly string[]> = [];
	const feed = feedOf(storeOf(), {polling: {setVisibleNodes: ids => void told.push(ids)}});
	const app = await renderApp({feed, columns: 40, rows});
	return {...app, feed, told};
}

describe('the nodes that are scraped first', () => {
	test('are those on the screen', async () => {
		const {told, press} = await open(6);
		expect(told.at(-1)).toEqual(['alpha', 'beta']);
		await press('G');
		expect(told.at(-1)).toEqual(['beta', 'gamma']);
	});

	test('are reported only when they change', async () => {
		const {told, press, feed, settle} = await open(24);
		const before = told.length;
		await press('j');
		feed.change();
		await settle();
		expect(told).toHaveLength(before);
	});

	test('include those of the pods on the screen', async () => {
		const {told, press} = await open(24);
		await press('2');
		expect([...(told.at(-1) ?? [])].sort()).toEqual(['alpha', 'beta']);
	});
});
