import {describe, expect, test} from 'vitest';
import {columnsOf} from '../../../source/metrics/columns/columns.ts';
import {filterAdvice} from '../../../source/metrics/view/filter-advice.ts';

const columns = columnsOf('pods');
const SOME = {rows: 2, total: 5};
const NONE = {rows: 0, total: 5};

describe('a filter on Enter', () => {
	test.each([
		['web', SOME],
		['', NONE],
		['  ', NONE],
		['web', {rows: 0, total: 0}],
		['cpu>1', SOME],
	])('is kept without a message: “%s” with %j', (text, counts) => {
		expect(filterAdvice(text, columns, counts)).toEqual({kind: 'ok'});
	});

	test.each([
		['cpu>lots', /^lots is no number: write for example cpu>500m$/],
		[
			'memry>1Gi',
			/^no column memry: did you mean memory\? use one of namespace, name, .*, or label:NAME=VALUE$/,
		],
		['colour:red', /^no column colour: use one of namespace, name, /],
		['web statsu:Run', /^no column statsu: did you mean status\?/],
	])('is not where it is wrong, however many rows there are: “%s”', (text, message) => {
		for (const counts of [SOME, NONE]) {
			expect(filterAdvice(text, columns, counts)).toEqual({
				kind: 'wrong',
				message: expect.stringMatching(message),
			});
		}
	});

	test('has a message with the possible terms where no row matches', () => {
		expect(filterAdvice(' wbe ', columns, NONE)).toEqual({
			kind: 'vain',
			message: expect.stringMatching(
				/^none of 5 rows matches wbe: words are looked for in namespace, name, .*status.*; numbers, as in [a-z]+>1, are .*cpu, memory, .*; or label:NAME=VALUE$/,
			),
		});
	});
});
