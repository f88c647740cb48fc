import {describe, expect, test} from 'vitest';
import {currentPage} from '../../../source/ui/state/page.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import {visibleOffset} from '../../../source/ui/state/selection.ts';
import {DOWN, FIVE, NOTHING, nodes, START, selected, stateAfter} from './states.ts';

describe('the selection', () => {
	test('is the first row until a key moves it', () => {
		expect(selected(START)).toBe(0);
		expect(currentPage(START).selectedId).toBeUndefined();
	});

	test('moves and stops at both ends', () => {
		expect(selected(stateAfter([DOWN, DOWN]))).toBe(2);
		expect(selected(stateAfter([{type: 'move', by: -1}]))).toBe(0);
		expect(selected(stateAfter([{type: 'last'}, DOWN]))).toBe(4);
		expect(selected(stateAfter([{type: 'page', by: 1}]))).toBe(2);
		expect(selected(stateAfter([{type: 'last'}, {type: 'first'}]))).toBe(0);
	});

	test('follows its row when the order changes', () => {
		const reordered = nodes('c', 'e', 'b', 'a', 'd');
		expect(selected(stateAfter([DOWN]), reordered)).toBe(2);
	});

	test('moves to the neighbour when its row disappears', () => {
		const state = stateAfter([DOWN, DOWN]);
		expect(selected(state, nodes('a', 'b', 'd', 'e'))).toBe(2);
		expect(selected(state, nodes('a', 'b'))).toBe(1);
		expect(selected(state, NOTHING)).toBe(0);
	});

	test('stays at its index after the key f', () => {
		const pinned = stateAfter([DOWN, {type: 'follow'}]);
		expect(pinned.message).toBe('the selection stays at its position');
		expect(selected(pinned, nodes('b', 'a', 'c'))).toBe(1);
		const following = act(pinned, {type: 'follow'}, nodes('b', 'a', 'c'));
		expect(following.message).toBe('the selection follows its row');
		expect(selected(following, nodes('a', 'b', 'c'))).toBe(0);
	});

	test('moves to the next row after marking or unmarking', () => {
		const marked = stateAfter([{type: 'mark'}, {type: 'mark'}]);
		expect([[...marked.marked], selected(marked)]).toEqual([['id-a', 'id-b'], 2]);
		const unmarked = stateAfter([{type: 'first'}, {type: 'mark'}], FIVE, marked);
		expect([...unmarked.marked]).toEqual(['id-b']);
		expect(stateAfter([{type: 'unmark'}], FIVE, marked).marked.size).toBe(0);
	});
});

describe('scrolling', () => {
	test.each([
		[0, 0, 10, 3, 0],
		[0, 3, 10, 3, 1],
		[5, 2, 10, 3, 2],
		[5, 6, 10, 3, 5],
		[9, 9, 10, 3, 7],
		[4, 1, 2, 3, 0],
		[0, 0, 0, 3, 0],
	])(
		'from offset %d to row %d of %d in %d lines goes to offset %d',
		(offset, index, total, height, expected) => {
			expect(visibleOffset(offset, index, total, height, 0)).toBe(expected);
		},
	);
});
