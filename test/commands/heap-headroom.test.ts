import {describe, expect, test} from 'vitest';
import {heapGrowingPercent} from '../../source/commands/heap-headroom.ts';

const MIB = 2 ** 20;

describe('how far a heap grows before it is collected', () => {
	test.each([
		['a small heap to four more of itself at most', 8 * MIB, 400],
		['by 64 MiB', 32 * MIB, 200],
		['by 64 MiB, which is a third of it', 192 * MIB, 33],
		['a large heap as V8 chooses', 256 * MIB, 0],
	])('%s', (_, liveBytes, percent) => {
		expect(heapGrowingPercent(liveBytes)).toBe(percent);
	});
});
