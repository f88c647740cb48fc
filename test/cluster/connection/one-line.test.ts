import fc from 'fast-check';
import {expect, test} from 'vitest';
import {oneLine} from '../../../source/cluster/connection/one-line.ts';

test.each([
	['two\r\nlines', 'two lines'],
	['\u001B[31mred\u001B[0m', 'red'],
	['\u001B]0;title\u0007after', 'after'],
	['\u001B]8;;http://x\u001B\\link\u001B]8;;\u001B\\', 'link'],
	['a\u202Eb\u200Bc', 'a b c'],
	['  padded  out ', 'padded out'],
	['1234567890', '1234567890'],
	['12345678901', '123456789…'],
])('%j becomes %j', (text, expected) => {
	expect(oneLine(text, 10)).toBe(expected);
});

test('whatever comes in, one short line without control characters goes out', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary'}), fc.integer({min: 1, max: 50}), (text, limit) => {
			const line = oneLine(`${text}\u001B[2J\n${text}`, limit);
			expect(line.length).toBeLessThanOrEqual(limit);
			expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E]/u);
		}),
	);
});
