import {describe, expect, test} from 'vitest';
import {heapGrowingPercent} from '../../source/commands/heap-headroom.ts';

const MIB = 2 ** 20;

describe('how far a heap grows before it is collected', () => {
	test.each([
		['a small heap to four more of itself at most', 8 * MIB, 400],
		['by 64 MiB', 32 * MIB, 200],
		['by 64 MiB, which is two thirds of it', 96 * MIB, 66],
		['a large heap by 40 %', 300 * MIB, 40],
	])('%s', (_, liveBytes, percent) => {
		expect(heapGrowingPercent(liveBytes)).toBe(percent);
	});
});
