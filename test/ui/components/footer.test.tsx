import {describe, expect, test} from 'vitest';
import {Footer} from '../../../source/ui/components/footer.tsx';
import {feedOf, storeOf} from '../feeds.ts';
import {type RenderOptions, renderApp} from './render-app.tsx';

const footer = (options: RenderOptions = {}) =>
	renderApp({...options, part: shown => <Footer shown={shown} />});

describe('the footer', () => {
	test.each([
		[20, ' ? help  q quit'],
		[40, ' ⏎ charts  / filter  ? help  q quit'],
		[80, ' ⏎ charts  / filter  m memory  ! problems  : command  ? help  q quit'],
	])('shows in %i cells the keys %j', async (columns, keys) => {
		expect((await footer({columns})).text().trimEnd()).toBe(keys);
	});

	test('is ASCII in an ASCII terminal', async () => {
		expect((await footer({symbols: 'ascii'})).text()).toMatch(/^ Enter charts {2}\/ filter/);
	});

	test('shows the first notice above the keys, and counts the others', async () => {
		const feed = feedOf(storeOf(), {notices: () => ['pods are hidden\u0007', 'another']});
		const [first, second] = (await footer({feed})).text().split('\n');
		expect(first?.trimEnd()).toBe(' pods are hidden\uFFFD  (and 1 more: e)');
		expect(second).toContain('? help');
	});

	test('shows the result of a key until the next key', async () => {
		const {press, text} = await renderApp({feed: feedOf(storeOf(), {notices: () => ['pods are hidden']})});
		await press('-');
		expect(text()).toContain('interval: 5s');
		await press('j');
		expect(text()).toContain('pods are hidden');
	});

	test('shows notices in the style of warnings', async () => {
		const state: RenderOptions['state'] = start => ({...start, message: 'copied'});
		expect((await footer({colors: '16', state})).frame()).toContain('\u001B[33m copied');
	});
});
