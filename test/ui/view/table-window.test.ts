import {expect, test} from 'vitest';
import {rowsInWindow, tableWindow} from '../../../source/ui/view/table-window.ts';
import {FIVE, START, stateAfter} from '../state/states.ts';

test('the rows on the screen include the selected one', () => {
	const window = tableWindow(stateAfter([{type: 'last'}]), FIVE.rows, 3);
	expect(window).toEqual({selected: 4, offset: 2, pinned: 0});
	expect(rowsInWindow(FIVE.rows, window, 3).map(({name}) => name)).toEqual(['c', 'd', 'e']);
});

test('all rows are on the screen if they fit', () => {
	expect(rowsInWindow(FIVE.rows, tableWindow(START, FIVE.rows, 9), 9)).toEqual(FIVE.rows);
});
