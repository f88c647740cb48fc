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
		[80, ' ⏎ charts  / filter  m memory  space pause  [ ] time  : command  ? help  q quit'],
	])('at %i cells names the keys %j', async (columns, keys) => {
		expect((await footer({columns})).text().trimEnd()).toBe(keys);
	});

	test('names keys in ASCII where the terminal has no more', async () => {
		expect((await footer({symbols: 'ascii'})).text()).toMatch(/^ Enter charts {2}\/ filter/);
	});

	test('says the first notice above the keys, and how many more there are', async () => {
		const feed = feedOf(storeOf(), {notices: () => ['pods are hidden\u0007', 'another']});
		const [first, second] = (await footer({feed})).text().split('\n');
		expect(first?.trimEnd()).toBe(' pods are hidden\uFFFD  (and 1 more: e)');
		expect(second).toContain('? help');
	});

	test('says what the last key led to, until the next', async () => {
		const {press, text} = await renderApp({feed: feedOf(storeOf(), {notices: () => ['pods are hidden']})});
		await press('-');
		expect(text()).toContain('read every 5s');
		await press('j');
		expect(text()).toContain('pods are hidden');
	});

	test('says it in the colour of a warning', async () => {
		const state: RenderOptions['state'] = start => ({...start, message: 'copied'});
		expect((await footer({colors: '16', state})).frame()).toContain('\u001B[33m copied');
	});
});
