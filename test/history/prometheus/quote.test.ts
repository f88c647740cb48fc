import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {promqlNames, promqlString} from '../../../source/history/prometheus/quote.ts';

/** Reads a quoted text back as Prometheus' lexer does; undefined where it does not end with the text. */
function scan(quoted: string): string | undefined {
	if (!/^"(?:[ !#-[\]-~]|\\["\\]|\\u[0-9a-f]{4}|\\U[0-9a-f]{8})*"$/.test(quoted)) {
		return undefined;
	}

	return quoted
		.slice(1, -1)
		.replace(/\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/g, (_, short, long, plain) =>
			plain === undefined ? String.fromCodePoint(Number.parseInt(short ?? long, 16)) : plain,
		);
}

/** RE2 reads what is escaped here as JavaScript does; Prometheus anchors at both ends. */
function regexOf(quoted: string): RegExp {
	return new RegExp(`^(?:${scan(quoted)})$`, 's');
}

const hostile = fc.oneof(
	fc.string({unit: fc.constantFrom('a', '"', '\\', '\n', '|', '.', '*', ')', '{', '}', '$', '\uFFFD', '𝄞')}),
	fc.string({unit: 'binary'}),
);

describe('whatever a name holds', () => {
	test('it is read back as it was', () => {
		fc.assert(fc.property(hostile, name => scan(promqlString(name)) === name));
	});

	test('half a surrogate pair becomes what UTF-8 makes of it', () => {
		expect(scan(promqlString('a\uD834b'))).toBe('a\uFFFDb');
	});

	test('a list of names matches each of them and nothing else', () => {
		fc.assert(
			fc.property(fc.array(hostile, {minLength: 1, maxLength: 5}), hostile, (names, other) => {
				const regex = regexOf(promqlNames(names));
				expect(names.every(name => regex.test(name))).toBe(true);
				expect(regex.test(other)).toBe(names.includes(other));
			}),
		);
	});
});

test.each([
	['web-0', '"web-0"'],
	['x"} or vector(1) #', String.raw`"x\"} or vector(1) #"`],
	['a\nb', String.raw`"a\u000ab"`],
	[String.raw`\"`, String.raw`"\\\""`],
	['ü', String.raw`"\u00fc"`],
	['😀', String.raw`"\U0001f600"`],
])('%j is quoted as %s', (text, quoted) => {
	expect(promqlString(text)).toBe(quoted);
});

test('names are escaped for RE2 first and then for PromQL', () => {
	expect(promqlNames(['10.0.0.1:10250', 'a|b'])).toBe(String.raw`"10\\.0\\.0\\.1:10250|a\\|b"`);
});
