import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {Graphemes} from '../../../source/ui/format/graphemes.ts';

const intl = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
const divided = (segments: Iterable<{readonly segment: string; readonly index: number}>) =>
	Array.from(segments, ({segment, index}) => [segment, index]);

describe('grapheme clusters', () => {
	test.each(['', 'node-1', '\u001B[7m', 'a\r\nb', '\r', '\n\r', 'e\u0301', '👩‍👩‍👧 x', '\u007F\u0080'])(
		'of %j are those of Intl.Segmenter',
		text => {
			expect(divided(new Graphemes().segment(text))).toEqual(divided(intl.segment(text)));
		},
	);

	test('of any text are those of Intl.Segmenter', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.string(), fc.string({unit: 'binary-ascii'}), fc.string({unit: 'binary'})),
				text => {
					expect(divided(new Graphemes().segment(text))).toEqual(divided(intl.segment(text)));
				},
			),
		);
	});
});
