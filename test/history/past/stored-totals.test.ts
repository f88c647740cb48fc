import {expect, test} from 'vitest';
import {StoredTotals} from '../../../source/history/past/stored-totals.ts';
import {nodeRow} from '../../metrics/rows.ts';

test('a sum is of the nodes that have a value, and replaced by another of the same time', () => {
	const totals = new StoredTotals();
	totals.add(60_000, [nodeRow('a', {cpuCores: 1}), nodeRow('b', {cpuCores: undefined})]);
	totals.add(60_000, [nodeRow('a', {cpuCores: 1}), nodeRow('b', {cpuCores: 2})]);
	totals.add(120_000, [nodeRow('a', {cpuCores: 4})]);
	const {length, timeAt, valueAt} = totals.samples('cpuCores');
	expect(Array.from({length}, (_, age) => [timeAt(age), valueAt(age)])).toEqual([
		[60_000, 3],
		[120_000, 4],
	]);
	expect(totals.samples('rxBytesPerSecond').valueAt(0)).toBeNaN();
	expect(totals.span).toEqual({oldestMs: 60_000, newestMs: Number.POSITIVE_INFINITY});
});
