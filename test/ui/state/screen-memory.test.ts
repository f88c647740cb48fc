import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {decodeScreenMemory, NO_MEMORY, withFilter} from '../../../source/ui/state/screen-memory.ts';

describe('the saved settings of the screen', () => {
	test('are decoded as they were written', () => {
		const memory = {
			columns: {pods: ['name', 'cpu']},
			sorts: {nodes: {column: 'memory', isDescending: true}},
			filters: ['web'],
		};
		expect(decodeScreenMemory(JSON.stringify(memory))).toEqual(memory);
	});

	test('take columns by the ids that they had before', () => {
		const {columns, sorts} = decodeScreenMemory(
			'{"columns":{"pods":["name","rx"]},"sorts":{"nodes":{"column":"tx","isDescending":true}}}',
		);
		expect(columns).toEqual({pods: ['name', 'net-received']});
		expect(sorts).toEqual({nodes: {column: 'net-sent', isDescending: true}});
	});

	test.each(['', '[]', 'null', '{"columns":7,"sorts":{"nodes":3},"filters":[1]}', '{"columns":{"pods":[]}}'])(
		'are empty for %s',
		text => {
			expect(decodeScreenMemory(text)).toEqual(NO_MEMORY);
		},
	);

	test('are decoded from any text without an error', () => {
		fc.assert(
			fc.property(fc.json(), text => {
				expect(() => decodeScreenMemory(text)).not.toThrow();
			}),
		);
	});

	test('contain at most fifty different filters, the newest first', () => {
		expect(withFilter(['a', 'b'], 'b')).toEqual(['b', 'a']);
		expect(withFilter(['a'], '')).toEqual(['a']);
		const many = Array.from({length: 60}, (_, index) => String(index)).reduce<readonly string[]>(
			(filters, filter) => withFilter(filters, filter),
			[],
		);
		expect([many.length, many[0]]).toEqual([50, '59']);
	});
});
