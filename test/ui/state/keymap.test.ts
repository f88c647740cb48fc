import {describe, expect, test} from 'vitest';
import {actionOf, helpLines, KEYMAP} from '../../../source/ui/state/keymap.ts';

describe('the keymap', () => {
	test('binds each key once', () => {
		const keys = KEYMAP.flatMap(binding => binding.keys);
		expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
	});

	test('appears in the help with every key', () => {
		const shown = helpLines().flatMap(([keys]) => keys.split(' '));
		expect(shown.sort()).toEqual(KEYMAP.flatMap(({keys}) => keys).sort());
	});

	test.each([
		['up', {type: 'move', by: -1}],
		['j', {type: 'move', by: 1}],
		['G', {type: 'last'}],
		['shift-tab', {type: 'next-level', by: -1}],
		['space', {type: 'pause'}],
		['ctrl-z', {type: 'suspend'}],
		['ctrl-c', {type: 'quit'}],
		['enter', {type: 'open'}],
		['c', {type: 'sort-by', column: 'cpu'}],
		['?', {type: 'help'}],
	])('“%s” does %j', (key, action) => {
		expect(actionOf(key)).toEqual(action);
	});

	test('folds the tree by + and -, which change the interval elsewhere', () => {
		expect(actionOf('+')).toEqual({type: 'interval', by: 1});
		expect(actionOf('+', 'pods')).toEqual({type: 'interval', by: 1});
		expect(actionOf('+', 'tree')).toEqual({type: 'fold', isOpen: true});
		expect(actionOf('-', 'tree')).toEqual({type: 'fold', isOpen: false});
		expect(actionOf('j', 'tree')).toEqual({type: 'move', by: 1});
	});

	test('has no action for other keys', () => {
		expect(actionOf('ctrl-x')).toBeUndefined();
	});
});
