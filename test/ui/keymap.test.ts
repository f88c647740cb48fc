import {describe, expect, test} from 'vitest';
import {actionOf, helpLines, KEYMAP, keyName, type PressedKey, typedName} from '../../source/ui/keymap.ts';

const NOTHING: PressedKey = {
	upArrow: false,
	downArrow: false,
	leftArrow: false,
	rightArrow: false,
	pageUp: false,
	pageDown: false,
	home: false,
	end: false,
	return: false,
	escape: false,
	tab: false,
	backspace: false,
	delete: false,
	ctrl: false,
	shift: false,
};

describe('the keymap', () => {
	test('binds each key once', () => {
		const keys = KEYMAP.flatMap(binding => binding.keys);
		expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
	});

	test('is what the help shows, every key of it', () => {
		const shown = helpLines().flatMap(([keys]) => keys.split(' '));
		expect(shown.sort()).toEqual(KEYMAP.flatMap(({keys}) => keys).sort());
	});

	test.each([
		['', {upArrow: true}, {type: 'move', by: -1}],
		['j', {}, {type: 'move', by: 1}],
		['G', {shift: true}, {type: 'last'}],
		['', {tab: true, shift: true}, {type: 'next-level', by: -1}],
		[' ', {}, {type: 'pause'}],
		['z', {ctrl: true}, {type: 'suspend'}],
		['c', {ctrl: true}, {type: 'quit'}],
		['', {return: true}, {type: 'open'}],
		['c', {}, {type: 'sort-by', column: 'cpu'}],
		['?', {}, {type: 'help'}],
	])('“%s” with %j does %j', (input, key, action) => {
		expect(actionOf(keyName(input, {...NOTHING, ...key}))).toEqual(action);
	});

	test('knows nothing of other keys', () => {
		expect(actionOf(keyName('x', {...NOTHING, ctrl: true}))).toBeUndefined();
	});
});

test.each([
	['\r', false, 'enter'],
	['\u007F', true, 'backspace'],
	['\u001B', false, 'esc'],
	['\u0015', true, 'ctrl-u'],
	['\u001A', false, 'ctrl-z'],
	[' ', false, 'space'],
	[' ', true, ' '],
	['G', false, 'G'],
])('%j, typed ahead (within a text: %s), is the key %s', (character, isText, name) => {
	expect(typedName(character, isText)).toBe(name);
});
