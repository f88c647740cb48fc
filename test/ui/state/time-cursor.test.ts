import {describe, expect, test} from 'vitest';
import type {Action} from '../../../source/ui/state/action.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import {containerRow} from '../../metrics/rows.ts';
import {FIVE, NOTHING, repeated, showing, stateAfter} from './states.ts';

describe('time', () => {
	test('stands still on pause, and runs again after it', () => {
		const paused = stateAfter([{type: 'pause'}]);
		expect(paused.cursor).toEqual({atMs: 100_000});
		expect(act(paused, {type: 'pause'}, FIVE).cursor).toBe('live');
	});

	test('steps back by an interval, no further than the rings, and forth into the present', () => {
		const back: Action = {type: 'step', by: -1};
		expect(stateAfter([back]).cursor).toEqual({atMs: 90_000});
		expect(repeated(back, 9).cursor).toEqual({atMs: 50_000});
		expect(stateAfter([back, {type: 'step', by: 1}]).cursor).toBe('live');
	});

	test('does not step where nothing was read yet', () => {
		expect(stateAfter([{type: 'step', by: -1}], showing([], {span: undefined})).cursor).toBe('live');
	});

	test('windows go up to what the rings hold, then begin anew', () => {
		const windows = [1, 2, 3, 4].map(count => repeated({type: 'window'}, count).windowMs);
		expect(windows).toEqual([300_000, 900_000, undefined, 300_000]);
	});

	test('windows say what they cover, and what would give longer ones', () => {
		const messages = [1, 2, 3].map(count => repeated({type: 'window'}, count).message);
		expect(messages).toEqual([
			'sparklines and charts cover 5m',
			'sparklines and charts cover 15m',
			'sparklines and charts cover what there is, up to 5m; --window keeps more, --history knows more',
		]);
	});

	test('is gone through with left and right on a page of charts, where nothing can be opened', () => {
		const page = stateAfter([{type: 'open'}], showing([containerRow('n1/c1')]));
		const before = act(page, {type: 'collapse'}, NOTHING);
		expect(before.cursor).toEqual({atMs: 90_000});
		expect(before.pages).toHaveLength(2);
		expect(act(before, {type: 'expand'}, NOTHING).cursor).toBe('live');
	});
});
