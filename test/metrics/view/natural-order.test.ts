import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {compareNatural} from '../../../source/metrics/view/natural-order.ts';

const collator = new Intl.Collator('en', {numeric: true});

const ASCII = Array.from({length: 128}, (_, code) => String.fromCharCode(code));

function expectSameOrder(a: string, b: string): void {
	const [ours, theirs] = [Math.sign(compareNatural(a, b)), collator.compare(a, b)];
	if (ours !== theirs) {
		throw new Error(`${JSON.stringify([a, b])}: ${ours} instead of ${theirs}`);
	}
}

describe('texts are in the order of the collator', () => {
	test('for any two ASCII characters, by themselves and within words', () => {
		for (const one of ASCII) {
			for (const other of ASCII) {
				expectSameOrder(one, other);
				expectSameOrder(`web${one}1`, `web${other}1`);
				expectSameOrder(`web${one}`, 'web');
				expectSameOrder(`9${one}`, `09${other}`);
			}
		}
	});

	test('for names', () => {
		const part = fc.oneof(
			fc.constantFrom('web', 'db', 'a', '0', '00', '1', '01', '9', '10', '007'),
			fc.stringMatching(/^[a-z0-9]{0,3}$/),
		);
		const name = fc
			.array(fc.tuple(part, fc.constantFrom('-', '.', '/', '_', ':', '', ' ')), {maxLength: 6})
			.map(parts => parts.flat().join(''));
		fc.assert(fc.property(name, name, expectSameOrder), {numRuns: 2000});
	});

	test('for any text', () => {
		const text = fc.string({
			unit: fc.constantFrom(
				'a',
				'A',
				'b',
				'z',
				'é',
				'e',
				'\u0301',
				'\u0000',
				'\u200D',
				'1',
				'2',
				'0',
				'٣',
				'-',
				'.',
				'/',
				'ß',
				's',
				'日',
			),
			maxLength: 6,
		});
		fc.assert(fc.property(text, text, expectSameOrder), {numRuns: 5000});
		fc.assert(fc.property(fc.string({unit: 'grapheme'}), fc.string({unit: 'grapheme'}), expectSameOrder));
	});
});

test('numbers are compared by their value, however long they are', () => {
	expect(['node-10', 'node-9', 'node-1'].sort(compareNatural)).toEqual(['node-1', 'node-9', 'node-10']);
	const long = '1'.repeat(300);
	expectSameOrder(long, `${long}0`);
	expectSameOrder(`a${long}2`, `a${long}1b`);
});
