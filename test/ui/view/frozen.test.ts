import {describe, expect, test} from 'vitest';
import {frozenAfter, shownSource} from '../../../source/ui/view/frozen.ts';
import {feedOf, NOW, storeOf} from '../feeds.ts';

const {source} = feedOf(storeOf());
const AT = {atMs: NOW};
const paused = frozenAfter(undefined, source, {before: 'live', after: AT, isPause: true});

describe('the frozen source of a paused screen', () => {
	test('is read at the time of the pause, and the rings at any other time', () => {
		expect(paused).toBeDefined();
		expect(shownSource(paused, source, AT)).toBe(paused);
		expect(shownSource(paused, source, {atMs: NOW - 10_000})).toBe(source);
		expect(shownSource(undefined, source, AT)).toBe(source);
	});

	test('is kept while stepping in time, and dropped when the screen is live again', () => {
		const step = {before: AT, after: {atMs: NOW - 10_000}, isPause: false} as const;
		expect(frozenAfter(paused, source, step)).toBe(paused);
		expect(frozenAfter(paused, source, {before: AT, after: 'live', isPause: true})).toBeUndefined();
	});

	test('is not created by a step back', () => {
		expect(frozenAfter(undefined, source, {before: 'live', after: AT, isPause: false})).toBeUndefined();
	});
});
