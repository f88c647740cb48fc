import {describe, expect, test} from 'vitest';
import {currentPage} from '../../../source/ui/state/page.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import {FIVE, START, stateAfter} from './states.ts';

describe('sorting', () => {
	test('starts with the largest number, and reverses on the same column', () => {
		const byMemory = stateAfter([{type: 'sort-by', column: 'memory'}]);
		expect(currentPage(byMemory).sort).toEqual({column: 'memory', isDescending: true});
		expect(currentPage(act(byMemory, {type: 'sort-by', column: 'memory'}, FIVE)).sort.isDescending).toBe(
			false,
		);
	});

	test('moves from column to column, and sorts texts ascending', () => {
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

	test('by a column that the table does not have shows a message', () => {
		const message = 'cannot sort by net-received: this table has no such column';
		expect(stateAfter([{type: 'sort-by', column: 'net-received'}])).toEqual({...START, message});
	});
});
