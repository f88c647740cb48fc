import fc from 'fast-check';
import {expect, test} from 'vitest';
import {printable} from '../../../source/metrics/model/printable.ts';
import {fitText, graphemesOf, widthOf} from '../../../source/ui/format/width.ts';
import {cellTextOf} from '../../../source/ui/terminal/cell-text.ts';
import {styledCells} from '../../../source/ui/terminal/styled-cells.ts';

const CELLS = 20;

/** Characters that programs give different widths alone and beside others. */
const DOUBTFUL = [
	...'a1日가かक☠👩🏽🇩🏴กำि',
	'\u0301',
	'\u3099',
	'\u20E3',
	'\uFE0F',
	'\u200D',
	'\u200C',
	'\u3164',
	'\u034F',
];

test('whatever the text, all who lay out a line give it the same cells', () => {
	const texts = fc.oneof(
		fc.string({unit: 'binary', maxLength: 4}),
		fc.string({unit: 'grapheme', maxLength: 6}),
		fc.string({unit: fc.constantFrom(...DOUBTFUL), maxLength: 6}),
	);
	fc.assert(
		fc.property(texts, text => {
			const line = fitText(printable(text), CELLS, false, '…');
			expect({
				whole: widthOf(line),
				byGrapheme: graphemesOf(line).reduce((sum, grapheme) => sum + widthOf(grapheme), 0),
				inInk: cellTextOf(line).cells,
				painted: styledCells(line).characters.length,
			}).toEqual({whole: CELLS, byGrapheme: CELLS, inInk: CELLS, painted: CELLS});
		}),
		{numRuns: 300},
	);
});
