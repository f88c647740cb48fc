import {describe, expect, test} from 'vitest';
import {currentPage} from '../../../source/ui/state/page.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import {sortByHeading} from '../../../source/ui/state/sorting.ts';
import {FIVE, START, stateAfter} from './states.ts';

describe('sorting', () => {
	const LARGEST_FIRST = {column: 'memory', isDescending: true};

	test('by a key shows the largest first, also after an order that was reversed, and then says how to reverse it', () => {
		const byMemory = stateAfter([{type: 'sort-by', column: 'memory'}]);
		expect(currentPage(byMemory).sort).toEqual(LARGEST_FIRST);
		const reversed = act(byMemory, {type: 'reverse'}, FIVE);
		const again = act(reversed, {type: 'sort-by', column: 'memory'}, FIVE);
		expect(currentPage(again).sort).toEqual(LARGEST_FIRST);
		const unchanged = act(again, {type: 'sort-by', column: 'memory'}, FIVE);
		expect(currentPage(unchanged).sort).toEqual(LARGEST_FIRST);
		expect(unchanged.message).toBe('sorted by memory already: r reverses the order');
	});

	test('by a heading reverses the order of the same column', () => {
		const byMemory = sortByHeading(START, 'memory', FIVE);
		expect(currentPage(byMemory).sort).toEqual(LARGEST_FIRST);
		expect(currentPage(sortByHeading(byMemory, 'memory', FIVE)).sort.isDescending).toBe(false);
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
