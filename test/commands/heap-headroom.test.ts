import {describe, expect, test} from 'vitest';
import {heapGrowingPercent, LEAST_PERCENT_IN_A_PIPE} from '../../source/commands/heap-headroom.ts';

const MIB = 2 ** 20;

describe('how far a heap grows before it is collected', () => {
	test.each([
		['a small heap to four more of itself at most', 8 * MIB, 400],
		['by 64 MiB', 32 * MIB, 200],
		['by 64 MiB, which is two thirds of it', 96 * MIB, 66],
		['a large heap by 60 %', 300 * MIB, 60],
	])('%s', (_, liveBytes, percent) => {
		expect(heapGrowingPercent(liveBytes)).toBe(percent);
	});

	test('a large heap by less where no key waits', () => {
		expect(heapGrowingPercent(300 * MIB, LEAST_PERCENT_IN_A_PIPE)).toBe(40);
		expect(heapGrowingPercent(32 * MIB, LEAST_PERCENT_IN_A_PIPE)).toBe(200);
	});
});
