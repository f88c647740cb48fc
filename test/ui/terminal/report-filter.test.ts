import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {ReportFilter} from '../../../source/ui/terminal/report-filter.ts';

/** Input that may be Esc, or Alt with a letter, and so is passed on at once. */
const UNDECIDED = ['\u001B', '\u001B]', '\u001BP', '\u001BP>'];

/** The text and reports of chunks, in order. */
function partsOf(...chunks: readonly string[]) {
	const parts: string[] = [];
	const reports: string[] = [];
	let text = '';
	const filter = new ReportFilter({
		onText(part) {
			text += part;
			parts.push(part);
		},
		onReport(report) {
			reports.push(report);
			parts.push(`<${report.slice(1)}>`);
		},
	});
	for (const chunk of chunks) {
		filter.read(chunk);
	}

	return {text, reports, parts};
}

describe('a report of the terminal', () => {
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
		expect(partsOf(`a${report}b`)).toEqual({
			text: 'ab',
			reports: [report],
			parts: ['a', `<${report.slice(1)}>`, 'b'],
		});
	});

	test('is separated from keys and pastes, wherever chunks end', () => {
		const pieces = fc.constantFrom(
			{sent: 'j', text: 'j'},
			{sent: '日😀', text: '日😀'},
			{sent: '\u001B[A', text: '\u001B[A'},
			{sent: '\u001B[5~', text: '\u001B[5~'},
			{sent: '\u001B[1;5C', text: '\u001B[1;5C'},
			{sent: '\u001B[Z', text: '\u001B[Z'},
			{
				sent: '\u001B[200~a\u001B[0n\u001BOP\n\u001B[201~',
				text: '\u001B[200~a\u001B[0n\u001BOP\n\u001B[201~',
			},
			{sent: '\u001B[<0;2;3M', report: true},
			{sent: '\u001B[<65;120;40m', report: true},
			{sent: '\u001B[0n', report: true},
			{sent: '\u001B[12;40R', report: true},
			{sent: '\u001B[?62;22c', report: true},
			{sent: '\u001B]11;rgb:1e1e/1e1e/2e2e\u001B\\', report: true},
			{sent: '\u001BP>|XTerm(370)\u001B\\', report: true},
			{sent: '\u001BOP', report: true},
			{sent: '\u001B[24~', report: true},
		);
		fc.assert(
			fc.property(
				fc.array(pieces, {maxLength: 12}),
				fc.array(fc.nat(), {maxLength: 12}),
				(sequence, randomCuts) => {
					const sent = sequence.map(piece => piece.sent).join('');
					const cuts = [...new Set(randomCuts.map(cut => cut % (sent.length + 1)))]
						.filter(cut => !UNDECIDED.some(beginning => sent.slice(0, cut).endsWith(beginning)))
						.sort((a, b) => a - b);
					const chunks = [0, ...cuts].map((cut, index) => sent.slice(cut, cuts[index]));
					const {text, reports} = partsOf(...chunks);
					expect(text).toBe(sequence.map(piece => ('text' in piece ? piece.text : '')).join(''));
					expect(reports).toEqual(sequence.filter(piece => 'report' in piece).map(piece => piece.sent));
				},
			),
			{numRuns: 500},
		);
	});

	test('is reported also if its Esc was passed on as a key, and its rest is passed on', () => {
		expect(partsOf('\u001B', '[0nj')).toEqual({
			text: '\u001B[0nj',
			reports: ['\u001B[0n'],
			parts: ['\u001B', '[0n', '<[0n>', 'j'],
		});
	});

	test('is not waited for after Esc and after keys with Alt', () => {
		expect(partsOf('\u001B]', 'x', '\u001BP', 'y', '\u001B').parts).toEqual([
			'\u001B]',
			'x',
			'\u001BP',
			'y',
			'\u001B',
		]);
		expect(partsOf('\u001B', '[').parts).toEqual(['\u001B', '[']);
	});
});

describe('pasted text', () => {
	test('is passed on unchanged with its markers, wherever chunks end', () => {
		const pasted = 'a\u001B[200~b\u001B[<0;1;1M\u001B[0n\nc\u001B[201~d';
		for (let cut = 0; cut <= pasted.length; cut++) {
			expect(partsOf(pasted.slice(0, cut), pasted.slice(cut))).toMatchObject({text: pasted, reports: []});
		}
	});
});
