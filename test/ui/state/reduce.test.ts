import {describe, expect, test} from 'vitest';
import type {Action} from '../../../source/ui/state/action.ts';
import {currentPage} from '../../../source/ui/state/page.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import {containerRow, nodeRow, podRow} from '../../metrics/rows.ts';
import {FIVE, START, showing, stateAfter} from './states.ts';

describe('an action', () => {
	test('removes the message of the one before', () => {
		const withMessage = {...START, message: 'copied a'};
		expect(act(withMessage, {type: 'copy'}, FIVE).message).toBeUndefined();
	});

	test.each([
		{type: 'copy'},
		{type: 'interval', by: 1},
		{type: 'set-interval', intervalMs: 1000},
		{type: 'export', path: undefined},
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

	test('of a command does what it says', () => {
		const once = (action: Action) => stateAfter([action]);
		expect(currentPage(once({type: 'set-filter', filter: 'db|web'})).filter).toBe('db|web');
		expect(once({type: 'set-filter', filter: 'db|web'}).memory.filters).toEqual(['db|web']);
		const order = {column: 'memory', isDescending: false};
		expect(currentPage(once({type: 'sort', order})).sort).toEqual(order);
		expect(once({type: 'set-window', windowMs: 3_600_000})).toMatchObject({
			windowMs: 3_600_000,
			message: 'window: 1h',
		});
		expect(currentPage(once({type: 'narrow', namespaces: ['a', 'b']}))).toMatchObject({
			level: 'pods',
			scope: {namespaces: ['a', 'b']},
		});
		expect(once({type: 'command', text: 'sort '}).mode).toMatchObject({line: {text: 'sort ', cursor: 5}});
	});

	test('that would kill says that nothing is', () => {
		expect(stateAfter([{type: 'kill'}]).message).toMatch(/^ktop only reads/);
	});

	test('for logs opens a row without logs', () => {
		const logs: Action = {type: 'hand-over', to: 'logs'};
		expect(act(START, logs, showing([nodeRow('n')])).pages).toHaveLength(2);
		expect(act(START, logs, showing([podRow('p')]))).toBe(START);
		expect(act(START, logs, showing([containerRow('c')]))).toBe(START);
	});
});
