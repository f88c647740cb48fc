import {describe, expect, test} from 'vitest';
import {Store} from '../../../source/metrics/store/store.ts';
import {Header} from '../../../source/ui/components/header.tsx';
import {inventoryOf} from '../../metrics/inventories.ts';
import {feedOf, storeOf} from '../feeds.ts';
import {type RenderOptions, renderApp} from './render-app.tsx';

const header = (options: RenderOptions = {}) =>
	renderApp({...options, part: shown => <Header shown={shown} />});

describe('the header', () => {
	test.each([
		[20, 5, 1],
		[40, 13, 1],
		[40, 14, 3],
		[200, 60, 3],
	])('at %ix%i has %i lines', async (columns, rows, lines) => {
		const {text} = await header({columns, rows});
		expect(text().split('\n')).toHaveLength(lines);
		expect(text()).toContain('ktop  3 kubelets');
	});

	test('shows the speed of a replay', async () => {
		const playback = {speed: () => 4, setSpeed: () => {}, skip: () => {}};
		expect((await header({columns: 120, feed: feedOf(storeOf(), {playback})})).text()).toContain('  4x ');
	});

	test.each([
		['has none', inventoryOf([], []), 'nodes 0  pods 0 bound  containers 0 running'],
		['may not be listed', {...inventoryOf([], []), hasAllNodes: () => false}, 'nodes –  pods –'],
	])('shows how many nodes there are of a cluster that %s', async (_, inventory, said) => {
		const store = new Store({capacity: 2, staleAfterMs: 30_000, inventory});
		expect((await header({columns: 120, feed: feedOf(store)})).text()).toContain(said);
	});

	test('shows a pause and the age of the data', async () => {
		const {text} = await header({state: start => ({...start, cursor: {atMs: 1_800_000_050_000}})});
		expect(text()).toContain('‖ paused 10s ago');
	});
});
