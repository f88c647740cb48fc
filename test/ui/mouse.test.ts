import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type MouseEvent, MouseFilter} from '../../source/ui/mouse.ts';

function filterOf() {
	const events: MouseEvent[] = [];
	const filter = new MouseFilter(event => events.push(event));
	return {events, filter: (text: string) => filter.filter(text)};
}

describe('reports of the mouse', () => {
	test.each([
		['\u001B[<0;21;9M', [{kind: 'press', column: 20, line: 8}]],
		['\u001B[<2;1;1M', [{kind: 'press', column: 0, line: 0}]],
		['\u001B[<16;3;4M', [{kind: 'press', column: 2, line: 3}]],
		['\u001B[<64;5;5M', [{kind: 'wheel-up', column: 4, line: 4}]],
		['\u001B[<65;5;5M', [{kind: 'wheel-down', column: 4, line: 4}]],
		['\u001B[<0;21;9m', []],
		['\u001B[<35;21;9M', []],
	] as const)('%j is %j', (report, events) => {
		const taken = filterOf();
		expect(taken.filter(report)).toBe('');
		expect(taken.events).toEqual(events);
	});

	test('are taken out of what is typed, wherever they are torn', () => {
		const typed = 'ab\u001B[<0;2;3Mc\u001B[A\u001B[<65;1;1Md';
		fc.assert(
			fc.property(fc.integer({min: 0, max: typed.length}), cut => {
				const taken = filterOf();
				const rest = taken.filter(typed.slice(0, cut)) + taken.filter(typed.slice(cut));
				// An Esc alone is a key, and not waited for: what it begins may then be typed text.
				if (!typed.slice(0, cut).endsWith('\u001B') && !typed.slice(0, cut).endsWith('\u001B[')) {
					expect(rest).toBe('abc\u001B[Ad');
					expect(taken.events).toHaveLength(2);
				}
			}),
		);
	});
});
