import {expect, test} from 'vitest';
import {SkippedRounds} from '../../source/scrape/skipped-rounds.ts';

/** The rounds of twenty in which a target is read that fails in all of them but those that are named. */
function readIn(good: readonly number[] = []): readonly number[] {
	const [skipped, target] = [new SkippedRounds(), {}];
	const read: number[] = [];
	for (let round = 1; round <= 20; round++) {
		skipped.begin();
		if (skipped.isDue(target)) {
			read.push(round);
			if (good.includes(round)) {
				skipped.worked(target);
			} else {
				skipped.failed(target);
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

test('others are read all the same, and so is one that takes its place', () => {
	const [skipped, target] = [new SkippedRounds(), {id: 'n'}];
	skipped.begin();
	skipped.failed(target);
	skipped.begin();
	skipped.failed(target);
	skipped.begin();
	expect([skipped.isDue(target), skipped.isDue({id: 'other'}), skipped.isDue({id: 'n'})]).toEqual([
		false,
		true,
		true,
	]);
});
