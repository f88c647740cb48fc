import {expect, test} from 'vitest';
import {retryAfterMs} from '../../../../source/cluster/connection/api/retry-after.ts';

const now = Date.parse('2026-11-23T10:00:00Z');

test.each([
	[429, '2', 2_000],
	[429, undefined, 1_000],
	[429, 'soon', 1_000],
	[429, '0', 0],
	[429, 'Mon, 23 Nov 2026 10:00:07 GMT', 7_000],
	[429, 'Mon, 23 Nov 2026 09:00:00 GMT', 0],
	[503, '3', 3_000],
	[503, undefined, undefined],
	[503, 'soon', undefined],
	[500, '3', undefined],
	[200, '3', undefined],
])('%i with Retry-After %s waits %s ms', (status, value, expected) => {
	expect(retryAfterMs({status, headers: {'retry-after': value}}, now)).toBe(expected);
});
