import {describe, expect, test} from 'vitest';
import {feedOf, storeOf} from '../feeds.ts';
import {renderApp} from './render-app.tsx';

describe('the screen for screen readers', () => {
	test('prints sentences instead of a table', async () => {
		const {text} = await renderApp({isSpoken: true});
		expect(text()).toContain('ktop, 3 kubelets.\nnodes, sorted by cpu, row 1 of 3.\nalpha: CPU 3.80');
		expect(text()).not.toMatch(/[▸│▁▅]/);
	});

	test('prints the row that keys select, and an overlay', async () => {
		const {press, text} = await renderApp({isSpoken: true});
		await press('j');
		expect(text()).toContain('row 2 of 3.\nbeta: CPU 1.00');
		await press('?');
		expect(text()).toContain('move up and down');
	});

	test('prints the error of the filter that is typed', async () => {
		const {press, text} = await renderApp({isSpoken: true});
		await press('/', 'cpu>x');
		expect(text()).toContain('Filter: cpu>x. x is no number');
	});

	test('does not change after the first samples until a key', async () => {
		const store = storeOf();
		const feed = feedOf(store);
		const {press, settle, frameCount, text} = await renderApp({feed, isSpoken: true});
		feed.change();
		await settle();
		const before = frameCount();
		store.addNode('delta', 'delta');
		feed.change();
		await settle();
		expect(frameCount()).toBe(before);
		await press('G');
		expect(text()).toContain('row 4 of 4');
	});
});
