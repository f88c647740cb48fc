import {useInput, usePaste} from 'ink';
import {useEffect} from 'react';
import {useTerminal} from '../contexts.ts';
import {pressedKeys} from './pressed-keys.ts';
import type {Actions} from './use-actions.ts';

/** Handles keys one by one, also if they arrive in one chunk. Pasted text presses no keys. */
export function useKeys({press, paste}: Pick<Actions, 'press' | 'paste'>): void {
	useInput((input, key) => {
		for (const pressed of pressedKeys(input, key)) {
			press(pressed);
		}
	});
	usePaste(paste);
	const {onFunctionKey} = useTerminal();
	useEffect(() => onFunctionKey(name => press({name, text: ''})), [onFunctionKey, press]);
}
