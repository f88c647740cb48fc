import {describe, expect, test} from 'vitest';
import {Header} from '../../../source/ui/components/header.tsx';
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

	test('shows a pause and the age of the data', async () => {
		const {text} = await header({state: start => ({...start, cursor: {atMs: 1_800_000_050_000}})});
		expect(text()).toContain('‖ paused 10s ago');
	});
});
