import {describe, expect, test} from 'vitest';
import {CopyOnWrite} from '../../../source/metrics/view/copy-on-write.ts';

describe('an array that is copied on write', () => {
	test('is the same array until it is lent', () => {
		const array = [1, 2];
		const owner = new CopyOnWrite(array);
		owner.own()[0] = 3;
		expect(owner.current).toBe(array);
		expect(array).toEqual([3, 2]);
	});

	test('leaves what was lent as it was, and is copied once', () => {
		const owner = new CopyOnWrite(Float64Array.of(1, 2));
		const lent = owner.lend();
		expect(owner.current).toBe(lent);
		owner.own()[0] = 3;
		const own = owner.current;
		owner.own()[1] = 4;
		expect(owner.current).toBe(own);
		expect([[...lent], [...own]]).toEqual([
			[1, 2],
			[3, 4],
		]);
	});

	test('changes apart from its forks', () => {
		const owner = new CopyOnWrite([1]);
		const [one, other] = [owner.fork(), owner.fork()];
		one.own()[0] = 2;
		owner.own()[0] = 3;
		expect([owner, one, other].map(({current}) => [...current])).toEqual([[3], [2], [1]]);
	});

	test('is its own again after it was replaced', () => {
		const owner = new CopyOnWrite([1]);
		const lent = owner.lend();
		const array = [2];
		owner.replace(array);
		owner.own()[0] = 3;
		expect([owner.current, lent]).toEqual([[3], [1]]);
		expect(owner.current).toBe(array);
	});
});
