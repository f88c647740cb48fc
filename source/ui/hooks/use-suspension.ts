import {useApp} from 'ink';
import {useCallback} from 'react';
import {useStore, useTerminal} from '../contexts.ts';

/** Lends the terminal to another program until its promise settles; nothing is drawn, asked or taken as a key meanwhile. */
export type Lend = (use: () => Promise<void>) => Promise<void>;

export function useSuspension(): Lend {
	const store = useStore();
	const {settle, dropTypedAhead} = useTerminal();
	const {suspendTerminal} = useApp();
	return useCallback(
		async use => {
			if (store.isHeld) {
				return;
			}

			store.hold();
			await settle();
			// The screen may have ended meanwhile.
			if (store.hasEnded) {
				return;
			}

			await suspendTerminal(async () => {
				try {
					await use();
				} finally {
					dropTypedAhead();
					// Before Ink draws: a key may follow what is seen at once.
					store.release();
				}
			});
		},
		[store, settle, dropTypedAhead, suspendTerminal],
	);
}
