import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {influxqlIdentifier, influxqlString} from '../../../source/history/influxdb/quote.ts';

/** Reads a quoted text back as the store's scanner does; undefined where it does not end with the text. */
function scan(quoted: string, quote: string): string | undefined {
	if (quoted[0] !== quote) {
		return undefined;
	}

	let text = '';
	for (let at = 1; at < quoted.length; at++) {
		const character = quoted[at] ?? '';
		if (character === quote) {
			return at === quoted.length - 1 ? text : undefined;
		}

		if (character === '\n') {
			return undefined;
		}

		if (character !== '\\') {
			text += character;
			continue;
		}

		const escaped = quoted[++at] ?? '';
		if (escaped === 'n') {
			text += '\n';
		} else if (escaped === '\\' || escaped === quote) {
			text += escaped;
		} else {
			return undefined;
		}
	}

	return undefined;
}

describe('whatever a name holds', () => {
	const hostile = fc.string({unit: fc.constantFrom('a', "'", '"', '\\', '\n', ';', '-', ' ', '/', '=')});

	test('it is read back as it was, as a string', () => {
		fc.assert(fc.property(fc.oneof(hostile, fc.string()), name => scan(influxqlString(name), "'") === name));
	});

	test('it is read back as it was, as an identifier', () => {
		fc.assert(
			fc.property(fc.oneof(hostile, fc.string()), name => scan(influxqlIdentifier(name), '"') === name),
		);
	});
});

test.each([
	["x' OR 1=1; DROP DATABASE k8s --", String.raw`'x\' OR 1=1; DROP DATABASE k8s --'`],
	['a\nb', String.raw`'a\nb'`],
	[String.raw`\'`, String.raw`'\\\''`],
])('%j cannot break out of a string', (text, quoted) => {
	expect(influxqlString(text)).toBe(quoted);
});
