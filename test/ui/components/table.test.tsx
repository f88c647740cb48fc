import {describe, expect, test} from 'vitest';
import {Table} from '../../../source/ui/components/table.tsx';
import type {ContextsFeed} from '../../../source/ui/feed.ts';
import {changePage} from '../../../source/ui/state/page.ts';
import type {ScreenState} from '../../../source/ui/state/screen-state.ts';
import {cpuReading, memoryReading, nodeReading, reading} from '../../metrics/readings.ts';
import {feedOf, LIVE, NOW, storeOf} from '../feeds.ts';
import {type RenderOptions, renderApp} from './render-app.tsx';

const table = (options: RenderOptions = {}) =>
	renderApp({
		...options,
		part: shown => shown.table !== undefined && <Table shown={shown} table={shown.table} />,
	});

describe('the table', () => {
	test.each([
		[20, '  NODE          CPU▼'],
		[40, '  NODE          CPU▼     MEM'],
		[80, '  NODE          CPU▼  CPU% 1m /cap      MEM  MEM%     NET↓     NET↑ SOURCE'],
	])('has in %i cells the headings %j', async (columns, headings) => {
		expect((await table({columns})).text().split('\n')[0]?.trimEnd()).toBe(headings);
	});

	test('has headings and the rows that fit', async () => {
		const {text, resize} = await table({columns: 40, rows: 6});
		expect(
			text()
				.split('\n')
				.filter(line => line !== ''),
		).toHaveLength(3);
		await resize(40, 10);
		expect(
			text()
				.split('\n')
				.filter(line => line !== ''),
		).toHaveLength(4);
	});

	test('scrolls to the selected row', async () => {
		const {press, text} = await renderApp({columns: 40, rows: 5});
		expect(text()).not.toContain('gamma');
		await press('G');
		expect(text()).toMatch(/▸ gamma/);
		expect(text()).not.toContain('alpha');
	});

	test('shows marked rows at the top', async () => {
		const {press, order, line} = await renderApp();
		await press('j', 'x');
		expect(order('alpha', 'beta')).toEqual(['beta', 'alpha']);
		expect(line('beta')).toMatch(/^\*/);
	});

	test.each([
		['no rows', feedOf(storeOf()), 'nothing', '  none of 3 nodes matches the filter; Esc clears it'],
		['figures', feedOf(storeOf()), '', '▸ alpha'],
	])('of %s shows why it is empty', async (_what, feed, filter, said) => {
		const {text} = await table({feed, state: start => changePage(start, {filter})});
		expect(text()).toContain(said);
	});

	test('marks no figures of another context, whose nodes may have the same names', async () => {
		const store = storeOf();
		let current = 'prod';
		const contexts: ContextsFeed = {
			list: () => ({contexts: undefined, failure: undefined}),
			whenRead: async () => {},
			current: () => current,
			opening: () => undefined,
			failed: () => undefined,
			open: async () => ({kind: 'superseded'}),
		};
		const feed = feedOf(store, {contexts});
		const {settle, line} = await table({feed, columns: 80});
		const cpu = cpuReading({timeMs: NOW + 10_000, usageCores: 1.9});
		store.apply('alpha', [reading(NOW + 10_000, {node: nodeReading({cpu})})], LIVE);
		current = 'staging';
		feed.change();
		await settle();
		expect(line('alpha')).toContain('1.90');
		expect(line('alpha')).not.toMatch(/[▲▼]/);
	});

	test('marks figures that moved since the sample before, and no others', async () => {
		const store = storeOf();
		const feed = feedOf(store);
		const {settle, line} = await table({feed, columns: 80});
		expect(line('alpha')).not.toMatch(/[▲▼]/);
		const cpu = cpuReading({timeMs: NOW + 10_000, usageCores: 1.9});
		const memory = memoryReading({timeMs: NOW + 10_000, workingSetBytes: 3.8 * 2 ** 30, limitBytes: 2 ** 32});
		store.apply(
			'alpha',
			[reading(NOW + 10_000, {node: nodeReading({cpu, memory, memoryCapacityBytes: 2 ** 32})})],
			LIVE,
		);
		feed.change();
		await settle();
		expect(line('alpha')).toMatch(/1\.90▼ .* 3\.8Gi +95% /);
		expect(line('beta')).not.toMatch(/[▲▼]/);
	});

	test('has statistics of the window instead of sparklines at u, sorted by any of them', async () => {
		const {press, text, line, order} = await renderApp({columns: 120, rows: 20});
		await press('2', 'u');
		expect(text()).toMatch(/CPU▼ +CPUMIN CPUMEAN CPUP95 CPUMAX +MEM +MEMMIN MEMMEAN +MEMP95 +MEMMAX/);
		expect(text()).toContain('last 1m');
		expect(line('web-1')).toMatch(/3\.80 +3\.80 +3\.80 +3\.80 +3\.80 +3\.8Gi/);
		await press(':', 's', 'o', 'r', 't', ' ', '+', 'c', 'p', 'u', '-', 'p', '9', '5', '\r');
		expect(order('web-1', 'db-0')).toEqual(['db-0', 'web-1']);
	});

	test('has headings in full words in the wide view where there is room', async () => {
		const wide = (state: ScreenState): ScreenState => ({...state, isWide: true});
		const heading = async (columns: number) =>
			(await table({columns, state: wide})).text().split('\n')[0]?.trimEnd() ?? '';
		expect(await heading(200)).toMatch(
			/CPU▼ +CPU % OF ALLOCATABLE +MEMORY +MEMORY % OF ALLOCATABLE +RESIDENT MEMORY/,
		);
		expect(await heading(80)).toMatch(/CPU▼ +CPU% +MEMORY +MEM%/);
	});

	test('is ASCII in an ASCII terminal', async () => {
		const {text} = await table({symbols: 'ascii'});
		expect(text()).toMatch(/^ +NODE +CPUv/);
		expect(text()).toMatch(/^[\n -~]*$/);
	});
});
