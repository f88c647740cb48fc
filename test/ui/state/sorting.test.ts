import {describe, expect, test} from 'vitest';
import {currentPage} from '../../../source/ui/state/page.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import {FIVE, START, stateAfter} from './states.ts';

describe('sorting', () => {
	test('begins with the busiest, and by the same column again turns round', () => {
		const byMemory = stateAfter([{type: 'sort-by', column: 'memory'}]);
		expect(currentPage(byMemory).sort).toEqual({column: 'memory', isDescending: true});
		expect(currentPage(act(byMemory, {type: 'sort-by', column: 'memory'}, FIVE)).sort.isDescending).toBe(
			false,
		);
	});

	test('goes from column to column, text from A on', () => {
		expect(currentPage(stateAfter([{type: 'sort-next', by: -1}])).sort).toEqual({
			column: 'name',
			isDescending: false,
		});
		expect(currentPage(stateAfter([{type: 'sort-next', by: 1}])).sort).toEqual({
			column: 'memory',
			isDescending: true,
		});
		expect(currentPage(stateAfter([{type: 'reverse'}])).sort).toEqual({column: 'cpu', isDescending: false});
	});

	test('by a column that this level has not changes nothing, and says so', () => {
		const message = 'this table has no column rx to sort by';
		expect(stateAfter([{type: 'sort-by', column: 'rx'}])).toEqual({...START, message});
	});
});
