import {describe, expect, test} from 'vitest';
import type {PastFeed} from '../../../source/ui/feed.ts';
import {allNotices, noticeOf} from '../../../source/ui/view/notices.ts';
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
		['what the last key led to', {...START, message: 'copied a'}, feed(['no rights']), 'copied a'],
		['the first notice', START, feed(['no rights']), 'no rights'],
		['how many notices there are more', START, feed(['one', 'two', 'three']), 'one  (and 2 more: e)'],
		['why there is no history', START, feed([], failed), 'no history: it refuses; start it'],
		['nothing where all is well', START, feed([], past()), undefined],
	] as const)('tells %s', (_what, state, given, expected) => {
		expect(noticeOf(state, given, 300_000)).toBe(expected);
	});

	test.each([
		['its own samples', 2000, past(), ''],
		['a store', 500, past(), ', from InfluxDB k8s'],
		['a store that is still asked', 500, past({isAsking: () => true}), ', asking InfluxDB k8s'],
		['a store alone', 2000, past({seamMs: () => undefined}), ', from InfluxDB k8s'],
	] as const)('tells of the past by %s', (_what, atMs, store, by) => {
		expect(noticeOf({...START, cursor: {atMs}}, feed(['hidden'], store), 300_000)).toBe(
			`looking at the past over 5m${by}: [ ] step, t window, space goes live`,
		);
	});
});

test('a store that fails is a notice behind the others', () => {
	expect(allNotices(feed(['one'], failed))).toEqual(['one', 'no history: it refuses; start it']);
});
