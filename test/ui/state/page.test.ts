import {expect, test} from 'vitest';
import {changePage, currentPage, newPage} from '../../../source/ui/state/page.ts';
import {NO_MEMORY} from '../../../source/ui/state/screen-memory.ts';
import {FIVE, stateAfter} from './states.ts';

test('a page is sorted like the last table of its level, and by CPU at first', () => {
	const sort = {column: 'memory', isDescending: false};
	const memory = {...NO_MEMORY, sorts: {pods: sort}};
	expect(newPage('pods', {}, undefined, memory).sort).toEqual(sort);
	expect(newPage('nodes', {}, undefined, memory).sort).toEqual({column: 'cpu', isDescending: true});
	expect(newPage(undefined, {}, undefined, memory).sort).toEqual({column: 'cpu', isDescending: true});
});

test('changePage changes only the page on the screen', () => {
	const inside = stateAfter([{type: 'open'}], FIVE);
	const changed = changePage(inside, {filter: 'web'});
	expect(currentPage(changed).filter).toBe('web');
	expect(changed.pages[0]).toBe(inside.pages[0]);
});
