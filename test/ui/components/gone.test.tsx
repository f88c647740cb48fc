import {expect, test} from 'vitest';
import {feedOf, storeOf} from '../feeds.ts';
import {renderApp} from './render-app.tsx';

test.each([
	[100, 24],
	[40, 10],
])('the page of a node that no longer exists says so at %ix%i until Esc', async (columns, rows) => {
	const store = storeOf();
	const feed = feedOf(store);
	const {press, text, settle} = await renderApp({feed, columns, rows});
	await press('\r');
	store.removeNode('alpha');
	feed.change();
	await settle();
	expect(text()).toMatch(/\n {2}alpha no longer exists; Esc goes back *\n/);
	await press('\u001B');
	expect(text()).not.toContain('is gone');
});
