import fc from 'fast-check';
import {expect, test} from 'vitest';
import {isOfShard} from '../../source/recorder/shard-of-node.ts';

test('every node belongs to exactly one part', () => {
	fc.assert(
		fc.property(fc.string(), fc.integer({min: 1, max: 12}), (name, count) => {
			const owners = Array.from({length: count}, (_, index) => isOfShard(name, {index, count}));
			expect(owners.filter(Boolean)).toHaveLength(1);
		}),
	);
});

test('parts are about equal', () => {
	const names = Array.from({length: 3000}, (_, index) => `node-${index}`);
	const sizes = [0, 1, 2].map(index => names.filter(name => isOfShard(name, {index, count: 3})).length);
	expect(Math.max(...sizes) / Math.min(...sizes)).toBeLessThan(1.15);
});

test('without parts every node is one’s own', () => {
	expect(isOfShard('any', undefined)).toBe(true);
});
