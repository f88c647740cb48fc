import {describe, expect, test} from 'vitest';
import type {Action} from '../../../source/ui/state/action.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import {containerRow} from '../../metrics/rows.ts';
import {FIVE, NOTHING, repeated, showing, stateAfter} from './states.ts';

describe('the time cursor', () => {
	test('stops on pause, and goes live on the next pause', () => {
		const paused = stateAfter([{type: 'pause'}]);
		expect(paused.cursor).toEqual({atMs: 100_000});
		expect(act(paused, {type: 'pause'}, FIVE).cursor).toBe('live');
	});

	test('steps back at most to the oldest sample, and forward until it is live', () => {
		const back: Action = {type: 'step', by: -1};
		expect(stateAfter([back]).cursor).toEqual({atMs: 90_000});
		expect(repeated(back, 9).cursor).toEqual({atMs: 50_000});
		expect(stateAfter([back, {type: 'step', by: 1}]).cursor).toBe('live');
	});

	test('does not step without samples', () => {
		expect(stateAfter([{type: 'step', by: -1}], showing([], {span: undefined})).cursor).toBe('live');
	});

	test('selects windows up to the limit, then the automatic one', () => {
		const windows = [1, 2, 3, 4].map(count => repeated({type: 'window'}, count).windowMs);
		expect(windows).toEqual([300_000, 900_000, undefined, 300_000]);
	});

	test('shows the window, and how to get longer ones', () => {
		const messages = [1, 2, 3].map(count => repeated({type: 'window'}, count).message);
		expect(messages).toEqual([
			'window: 5m',
			'window: 15m',
			'window: available samples, at most 5m; for more use --window or --history',
		]);
	});

	test('is moved with left and right on a page of charts', () => {
		const page = stateAfter([{type: 'open'}], showing([containerRow('n1/c1')]));
		const before = act(page, {type: 'collapse'}, NOTHING);
		expect(before.cursor).toEqual({atMs: 90_000});
		expect(before.pages).toHaveLength(2);
		expect(act(before, {type: 'expand'}, NOTHING).cursor).toBe('live');
	});
});
