import {expect, test} from 'vitest';
import {editLine, promptLine} from '../../../source/ui/state/prompt-line.ts';

test.each([
	['abc', 'x', 'x', 'abcx', 4],
	['abc', 'backspace', '', 'ab', 2],
	['', 'backspace', '', '', 0],
	['abc', 'delete', '', 'abc', 3],
	['abc', 'ctrl-u', '', '', 0],
	['web cpu>1', 'ctrl-w', '', 'web ', 4],
	['abc', 'left', '', 'abc', 2],
	['abc', 'home', '', 'abc', 0],
	['abc', 'pasted', 'one\u001B[31m two', 'abcone[31m two', 14],
	['日本', 'backspace', '', '日', 1],
])('“%s” after %s is edited', (text, key, input, expected, cursor) => {
	expect(editLine(promptLine(text), key, input)).toEqual({text: expected, cursor});
});

test('typed text is inserted at the cursor', () => {
	const left = editLine(promptLine('ac'), 'left', '');
	expect(left && editLine(left, 'b', 'b')).toEqual({text: 'abc', cursor: 2});
});

test('keys that do not edit are not handled', () => {
	expect(editLine(promptLine('a'), 'ctrl-x', 'x')).toBeUndefined();
});

test('Delete removes the character under the cursor', () => {
	const home = editLine(promptLine('abc'), 'home', '');
	expect(home && editLine(home, 'delete', '')).toEqual({text: 'bc', cursor: 0});
});
