import {describe, expect, test} from 'vitest';
import type {PastFeed} from '../../../source/ui/feed.ts';
import {allNotices, answerOf, noticeOf} from '../../../source/ui/view/notices.ts';
import {START} from '../state/states.ts';

const past = (known: Partial<PastFeed> = {}): PastFeed => ({
	status: () => ({kind: 'ok', label: 'InfluxDB k8s'}),
	seamMs: () => 1000,
	keptInstead: () => undefined,
	isLoading: () => false,
	...known,
});
const failed = past({
	status: () => ({
		kind: 'failed',
		label: 'InfluxDB k8s',
		failure: {code: 'refused', brief: 'refused', message: 'it refuses', hint: 'start it'},
	}),
});
const feed = (notices: readonly string[], store?: PastFeed) => ({notices: () => notices, past: store});

describe('the notice line', () => {
	test.each([
		['the first notice', feed(['no rights']), 'no rights'],
		['how many notices there are more', feed(['one', 'two', 'three']), 'one  (and 2 more: e)'],
		['why there is no history', feed([], failed), 'no history: it refuses; start it'],
		['nothing where all is well', feed([], past()), undefined],
	] as const)('shows %s', (_what, given, expected) => {
		expect(noticeOf(given)).toBe(expected);
	});

	test('shows the result of the last key, if any', () => {
		expect(answerOf({...START, message: 'copied a'}, feed(['no rights']), 300_000)).toBe('copied a');
		expect(answerOf(START, feed(['no rights']), 300_000)).toBeUndefined();
	});

	test.each([
		['its own samples', 2000, past(), ''],
		['a store', 500, past(), ', from InfluxDB k8s'],
		['a store that is still loading', 500, past({isLoading: () => true}), ', loading from InfluxDB k8s'],
		['a store alone', 2000, past({seamMs: () => undefined}), ', from InfluxDB k8s'],
	] as const)('shows a time in the past from %s', (_what, atMs, store, by) => {
		expect(answerOf({...START, cursor: {atMs}}, feed(['hidden'], store), 300_000)).toBe(
			`paused, window 5m${by}: [ ] step, t window, space live`,
		);
	});
});

test('a failing history store is the last notice', () => {
	expect(allNotices(feed(['one'], failed))).toEqual(['one', 'no history: it refuses; start it']);
});
