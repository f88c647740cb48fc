import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {columnsOf} from '../../../source/metrics/columns/columns.ts';
import {parseFilter} from '../../../source/metrics/view/filter.ts';
import {narrows} from '../../../source/metrics/view/filter-narrowing.ts';
import {podInfo} from '../inventories.ts';
import {podRow} from '../rows.ts';

const columns = columnsOf('pods');
const narrower = (before: string, after: string): boolean =>
	narrows(parseFilter(before, columns), parseFilter(after, columns));

describe('a filter that is typed on', () => {
	test.each([
		['', 'w', true],
		['we', 'web', true],
		['we', 'web cpu>1', true],
		['web cpu>1', 'cpu>1 webapp', true],
		['name:we', 'name:web', true],
		['web', 'web !db', true],
		['web', 'web-1 | web-2', true],
		['(web', '(web)', true],
		['web', 'web|db', false],
		['web', 'web | db', false],
		['web', 'we', false],
		['web', '', false],
		['!we', '!web', false],
		['cpu<1', 'cpu<10', false],
		['we', 'name:web', false],
		['we', '^web', false],
		['label:app=a', 'label:app=ab', false],
		['db|web', 'web', false],
		['web', '(web', false],
	])('from “%s” to “%s” only narrows: %s', (before, after, expected) => {
		expect(narrower(before, after)).toBe(expected);
	});

	test('lets no row pass that did not pass where it narrows', () => {
		const rows = ['web-1', 'db-web', 'a', 'b-1', 'we'].map((name, index) =>
			podRow(name, {name, cpuCores: index / 2, info: podInfo(name, {labels: {app: name}})}),
		);
		const word = fc.constantFrom(
			'w',
			'we',
			'web',
			'db',
			'web|db',
			'!we',
			'!web',
			'cpu>1',
			'cpu<1',
			'^w',
			'b$',
			'|',
			'name:w',
			'name:web',
			'label:app=a',
			'(',
		);
		const filter = fc.array(word, {maxLength: 4}).map(words => words.join(' '));
		fc.assert(
			fc.property(filter, filter, (before, after) => {
				const [wide, narrow] = [parseFilter(before, columns), parseFilter(after, columns)];
				if (narrows(wide, narrow) && wide.kind === 'ok' && narrow.kind === 'ok') {
					const passed = rows.filter(row => narrow.test(row, 0));
					expect(passed.filter(row => !wide.test(row, 0))).toEqual([]);
				}
			}),
			{numRuns: 500},
		);
	});
});
