import {describe, expect, test} from 'vitest';
import type {PastFeed} from '../../../source/ui/feed.ts';
import {allNotices, answerOf, noticeOf} from '../../../source/ui/view/notices.ts';
import {START} from '../state/states.ts';

const past = (known: Partial<PastFeed> = {}): PastFeed => ({
	status: () => ({kind: 'ok', label: 'InfluxDB k8s'}),
	seamMs: () => 1000,
	keptInstead: () => undefined,
	isAsking: () => false,
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

describe('the line at the foot', () => {
	test.each([
		['the first notice', feed(['no rights']), 'no rights'],
		['how many notices there are more', feed(['one', 'two', 'three']), 'one  (and 2 more: e)'],
		['why there is no history', feed([], failed), 'no history: it refuses; start it'],
		['nothing where all is well', feed([], past()), undefined],
	] as const)('tells %s', (_what, given, expected) => {
		expect(noticeOf(given)).toBe(expected);
	});

	test('tells what the last key led to, and nothing where it led to nothing', () => {
		expect(answerOf({...START, message: 'copied a'}, feed(['no rights']), 300_000)).toBe('copied a');
		expect(answerOf(START, feed(['no rights']), 300_000)).toBeUndefined();
	});

	test.each([
		['its own samples', 2000, past(), ''],
		['a store', 500, past(), ', from InfluxDB k8s'],
		['a store that is still asked', 500, past({isAsking: () => true}), ', asking InfluxDB k8s'],
		['a store alone', 2000, past({seamMs: () => undefined}), ', from InfluxDB k8s'],
	] as const)('tells of the past by %s', (_what, atMs, store, by) => {
		expect(answerOf({...START, cursor: {atMs}}, feed(['hidden'], store), 300_000)).toBe(
			`looking at the past over 5m${by}: [ ] step, t window, space goes live`,
		);
	});
});

test('a store that fails is a notice behind the others', () => {
	expect(allNotices(feed(['one'], failed))).toEqual(['one', 'no history: it refuses; start it']);
});
