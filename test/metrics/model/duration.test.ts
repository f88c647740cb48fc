import {expect, test} from 'vitest';
import {parseDurationMs} from '../../../source/metrics/model/duration.ts';

test.each([
	['500ms', 500],
	['10s', 10_000],
	['1m30s', 90_000],
	['1.5h', 5_400_000],
	['10', 10_000],
	['0.5', 500],
	['7d', 604_800_000],
])('%s is %d ms', (text, durationMs) => {
	expect(parseDurationMs(text)).toBe(durationMs);
});

test.each(['', '1e3', 's', '10 s', '-1s', '1w', '1s x'])('“%s” is no duration', text => {
	expect(parseDurationMs(text)).toBeUndefined();
});
