import fc from 'fast-check';
import {expect, test} from 'vitest';
import {printable, printableJson} from '../../../source/metrics/model/printable.ts';

test.each([
	['web-1', 'web-1'],
	['naïve 名前 🚀', 'naïve 名前 🚀'],
	['red\u001B[31mtext', 'red\uFFFD[31mtext'],
	['bell\u0007 tab\t line\n', 'bell\uFFFD tab\uFFFD line\uFFFD'],
	['c1 \u009B31m', 'c1 \uFFFD31m'],
	['\u202Egnp.exe', '\uFFFDgnp.exe'],
	['zero\u200Bwidth', 'zero\uFFFDwidth'],
	['half \uD83D pair', 'half \uFFFD pair'],
])('%j is shown as %j', (text, shown) => {
	expect(printable(text)).toBe(shown);
});

test('no control character of any text is left', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary'}), text => {
			for (const character of printable(text)) {
				const code = character.codePointAt(0) ?? 0;
				expect(code >= 0x20 && (code < 0x7f || code > 0x9f)).toBe(true);
			}
		}),
	);
});

test('JSON holds each text as it was, and no character that a terminal acts on or hides', () => {
	fc.assert(
		fc.property(
			fc.string({unit: 'binary'}),
			fc.constantFrom('\u009B', '\u202E', '\u200B', '\u{E0041}', '\uD83D'),
			(text, bad) => {
				const json = printableJson({[text]: text + bad});
				expect(json).toBe(printable(json));
				expect(JSON.parse(json)).toEqual({[text]: text + bad});
			},
		),
	);
});
