import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {decodeMemory, NO_MEMORY, withFilter} from '../../../source/ui/state/screen-memory.ts';

describe('what the screen remembers', () => {
	test('is read as it was written', () => {
		const memory = {
			columns: {pods: ['name', 'cpu']},
			sorts: {nodes: {column: 'memory', isDescending: true}},
			filters: ['web'],
		};
		expect(decodeMemory(JSON.stringify(memory))).toEqual(memory);
	});

	test.each(['', '[]', 'null', '{"columns":7,"sorts":{"nodes":3},"filters":[1]}', '{"columns":{"pods":[]}}'])(
		'of %s is nothing',
		text => {
			expect(decodeMemory(text)).toEqual(NO_MEMORY);
		},
	);

	test('may be anything, and breaks nothing', () => {
		fc.assert(
			fc.property(fc.json(), text => {
				expect(() => decodeMemory(text)).not.toThrow();
			}),
		);
	});

	test('has each filter once, the newest first, and fifty of them', () => {
		expect(withFilter(['a', 'b'], 'b')).toEqual(['b', 'a']);
		expect(withFilter(['a'], '')).toEqual(['a']);
		const many = Array.from({length: 60}, (_, index) => String(index)).reduce<readonly string[]>(
			(filters, filter) => withFilter(filters, filter),
			[],
		);
		expect([many.length, many[0]]).toEqual([50, '59']);
	});
});
