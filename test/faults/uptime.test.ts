import {expect, test} from 'vitest';
import {report} from '../reliability/report.ts';
import {growthOf, liveThrough} from './uptime.ts';

/** `npm run soak -- --hours 24` sets it. */
const HOURS = Number(process.env.KTOP_SOAK_HOURS ?? 2);

/** Of the heap and of typed arrays over the whole time: what a line through the samples may rise by. */
const MOST_GROWTH = 0.03;

test('nothing grows with uptime', {timeout: 3_600_000}, async ({task}) => {
	const {scrapes, failures, podsReplaced, connections, held} = await liveThrough(HOURS);
	const [first] = held;
	expect(held.length).toBeGreaterThan(10);
	expect(failures).toBeGreaterThan(0);
	expect(connections).toBeGreaterThan(HOURS);
	for (const of of ['heapBytes', 'arrayBytes'] as const) {
		const values = held.map(each => each[of]);
		expect(growthOf(values), `${of}: ${values.join(' ')}`).toBeLessThan(Math.max(...values) * MOST_GROWTH);
	}

	const [, ...later] = held;
	expect(later.filter(({listeners}) => listeners !== first?.listeners)).toEqual([]);
	const handles = held.map(each => each.handles);
	expect(growthOf(handles), handles.join(' ')).toBeLessThan(3);
	report(task, 'uptime', HOURS, scrapes, podsReplaced, connections, 'heap, typed arrays, handles, listeners');
	process.stderr.write(
		`${HOURS} h: ${scrapes} scrapes, ${podsReplaced} pods replaced, heap ${mebibytes(held.map(each => each.heapBytes))} MiB, growth ${Math.round(growthOf(held.map(each => each.heapBytes)) / 1024)} KiB\n`,
	);
});

test.each([
	['flat', [5, 5, 5, 5], 0],
	['rising', [1, 2, 3, 4], 3],
	['up and down', [1, 3, 1, 3, 1], 0],
])('the growth of what is %s', (_name, values, growth) => {
	expect(growthOf(values)).toBeCloseTo(growth);
});

function mebibytes(bytes: readonly number[]): string {
	return [bytes[0] ?? 0, bytes.at(-1) ?? 0].map(value => (value / 2 ** 20).toFixed(1)).join(' to ');
}
