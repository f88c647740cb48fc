import {expect, test} from 'vitest';
import {SkippedRounds} from '../../source/scrape/skipped-rounds.ts';

/** The rounds of twenty in which a target is read that fails in all of them but those that are named. */
function readIn(good: readonly number[] = []): readonly number[] {
	const skipped = new SkippedRounds();
	const read: number[] = [];
	for (let round = 1; round <= 20; round++) {
		skipped.begin();
		if (skipped.isDue('n')) {
			read.push(round);
			if (good.includes(round)) {
				skipped.worked('n');
			} else {
				skipped.failed('n');
			}
		}
	}

	return read;
}

test('a target that keeps failing is left out of 0, 1, 3 and then 7 rounds', () => {
	expect(readIn()).toEqual([1, 2, 4, 8, 16]);
});

test('one that works again begins anew', () => {
	expect(readIn([4])).toEqual([1, 2, 4, 5, 6, 8, 12, 20]);
});

test('others are read all the same', () => {
	const skipped = new SkippedRounds();
	skipped.begin();
	skipped.failed('n');
	skipped.begin();
	skipped.failed('n');
	skipped.begin();
	expect([skipped.isDue('n'), skipped.isDue('other')]).toEqual([false, true]);
});
