import {useApp} from 'ink';
import {useCallback} from 'react';
import {useStore, useTerminal} from '../contexts.ts';

/** Ends the screen: by the user, by a signal, or by an exception, with which `waitUntilExit` rejects. */
export type End = (by?: NodeJS.Signals | Error) => void;

export function useEnd(): End {
	const store = useStore();
	const {settle} = useTerminal();
	const {exit} = useApp();
	return useCallback(
		by => {
			if (store.hasEnded) {
				return;
			}

			store.end();
			void settle().then(() => exit(by));
		},
		[store, settle, exit],
	);
}
