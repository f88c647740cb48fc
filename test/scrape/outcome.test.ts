import {expect, test} from 'vitest';
import {KtopError} from '../../source/metrics/model/failure.ts';
import {liveState} from '../../source/scrape/outcome.ts';

test('a live state keeps every field of the error of a better route where it becomes JSON', () => {
	const failure = {code: 'forbidden', brief: '403', message: 'who may not', hint: 'grant it'} as const;
	const state = liveState({
		readings: [],
		route: {kind: 'local'},
		latencyMs: 2,
		degraded: new KtopError(failure),
	});
	expect(JSON.parse(JSON.stringify(state))).toEqual({
		kind: 'live',
		route: {kind: 'local'},
		latencyMs: 2,
		degraded: failure,
	});
	expect(liveState({readings: [], route: {kind: 'local'}, latencyMs: 1, degraded: undefined}).degraded).toBe(
		undefined,
	);
});
