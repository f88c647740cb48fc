import {expect, test} from 'vitest';
import {firstOrder} from '../../../source/ui/state/sort-order.ts';

test.each([
	['cpu', true],
	['restarts', true],
	['name', false],
	['taints', false],
	['status', false],
	['state', false],
	['memory%limit', true],
])('the default order of %s is descending: %s', (column, isDescending) => {
	expect(firstOrder(column)).toEqual({column, isDescending});
});
