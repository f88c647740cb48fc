import type {Key} from 'ink';
import {graphemesOf} from '../format/width.ts';

/** The keymap's name of a key (`k`, `G`, `up`, `ctrl-l`, `shift-tab`, `space`), and the text that it types, if any. */
export type PressedKey = {readonly name: string; readonly text: string};

/** Ink's flags for keys without text, and the keymap's names. */
const FLAGS: ReadonlyArray<readonly [keyof Key, string]> = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'pageup'],
	['pageDown', 'pagedown'],
	['home', 'home'],
	['end', 'end'],
	['return', 'enter'],
	['escape', 'esc'],
	['backspace', 'backspace'],
	['delete', 'delete'],
];

const CONTROL_KEYS: Readonly<Record<string, string>> = {
	'\r': 'enter',
	'\n': 'enter',
	'\t': 'tab',
	'\b': 'backspace',
	'\u007F': 'backspace',
};

/**
 * The keys in one call of `useInput`. Ink passes keys that arrive in one chunk, as over a slow link, as one text. Alt with
 * a letter is ignored.
 */
export function pressedKeys(input: string, key: Key): readonly PressedKey[] {
	if (key.tab) {
		return [special(key.shift ? 'shift-tab' : 'tab')];
	}

	const [, name] = FLAGS.find(([flag]) => key[flag] === true) ?? [];
	if (name !== undefined) {
		return [special(name)];
	}

	if (key.meta) {
		return [];
	}

	return key.ctrl ? [special(`ctrl-${input}`)] : graphemesOf(input).map(typedKey);
}

function special(name: string): PressedKey {
	return {name, text: ''};
}

function typedKey(text: string): PressedKey {
	const control = CONTROL_KEYS[text];
	if (control !== undefined) {
		return special(control);
	}

	if (text < ' ') {
		// Ctrl with a letter sends the code of the letter minus 0x60 (ECMA-48 C0).
		return special(`ctrl-${String.fromCharCode(text.charCodeAt(0) + 0x60)}`);
	}

	return {name: text === ' ' ? 'space' : text, text};
}
