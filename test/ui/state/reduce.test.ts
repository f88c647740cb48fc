import {describe, expect, test} from 'vitest';
import type {Action} from '../../../source/ui/state/action.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import {containerRow, nodeRow, podRow} from '../../metrics/rows.ts';
import {FIVE, START, showing, stateAfter} from './states.ts';

describe('an action', () => {
	test('removes the message of the one before', () => {
		const told = {...START, message: 'copied a'};
		expect(act(told, {type: 'copy'}, FIVE).message).toBeUndefined();
	});

	test.each([
		{type: 'copy'},
		{type: 'interval', by: 1},
		{type: 'redraw'},
		{type: 'suspend'},
		{type: 'quit'},
		{type: 'hand-over', to: 'shell'},
	] as const)('$type does not change the state', action => {
		expect(act(START, action, FIVE)).toBe(START);
	});

	test.each([
		['wide', 'isWide'],
		['facts', 'hasFacts'],
	] as const)('%s is switched on and off', (type, field) => {
		const once = stateAfter([{type}]);
		expect([once[field], act(once, {type}, FIVE)[field]]).toEqual([true, false]);
	});

	test('for logs opens a row without logs', () => {
		const logs: Action = {type: 'hand-over', to: 'logs'};
		expect(act(START, logs, showing([nodeRow('n')])).pages).toHaveLength(2);
		expect(act(START, logs, showing([podRow('p')]))).toBe(START);
		expect(act(START, logs, showing([containerRow('c')]))).toBe(START);
	});
});
