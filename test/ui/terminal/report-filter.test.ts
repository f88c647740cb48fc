import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {ReportFilter} from '../../../source/ui/terminal/report-filter.ts';

function filterOf() {
	const reports: string[] = [];
	const filter = new ReportFilter(report => reports.push(report));
	return {reports, filter: (text: string) => filter.filter(text)};
}

describe('what a terminal reports of itself', () => {
	test.each([
		['a click', '\u001B[<0;21;9M'],
		['a release', '\u001B[<0;21;9m'],
		['where its cursor is', '\u001B[12;40R'],
		['that it is well', '\u001B[0n'],
		['what it is', '\u001B[?62;22c'],
		['what else it is', '\u001B[>41;354;0c'],
		['its size', '\u001B[8;24;80t'],
		['a mode', '\u001B[?2026;2$y'],
		['its background', '\u001B]11;rgb:1e1e/1e1e/2e2e\u0007'],
		['its background, ended otherwise', '\u001B]11;rgb:ffff/ffff/ffff\u001B\\'],
		['its name', '\u001BP>|XTerm(370)\u001B\\'],
	])('%s is no key', (_what, report) => {
		const {reports, filter} = filterOf();
		expect(filter(`a${report}b`)).toBe('ab');
		expect(reports).toEqual([report]);
	});

	test('is told apart from keys, wherever it is torn', () => {
		const typed = 'ab\u001B[<0;2;3Mc\u001B[A\u001B[5~\u001B[1;5C\u001B[0nd\u001B[<65;1;1Me';
		fc.assert(
			fc.property(fc.integer({min: 0, max: typed.length}), cut => {
				// An Esc alone is a key, and not waited for: what it begins may then be typed text.
				fc.pre(!typed.slice(0, cut).endsWith('\u001B'));
				const {reports, filter} = filterOf();
				expect(filter(typed.slice(0, cut)) + filter(typed.slice(cut))).toBe(
					'abc\u001B[A\u001B[5~\u001B[1;5Cde',
				);
				expect(reports).toHaveLength(3);
			}),
		);
	});

	test('is not waited for behind keys with Alt', () => {
		const {filter} = filterOf();
		expect(filter('\u001B]') + filter('x') + filter('\u001BP') + filter('y')).toBe('\u001B]x\u001BPy');
	});
});
