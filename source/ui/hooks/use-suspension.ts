import {useApp} from 'ink';
import {useCallback} from 'react';
import {useStore, useTerminal} from '../contexts.ts';

/** Lends the terminal to another program until `use` settles. Meanwhile frames and keys are held. */
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
			// A signal may have ended the screen.
			if (store.hasEnded) {
				return;
			}

			await suspendTerminal(async () => {
				try {
					await use();
				} finally {
					dropTypedAhead();
					// Before Ink draws, so that a key right after the first frame is handled.
					store.release();
				}
			});
		},
		[store, settle, dropTypedAhead, suspendTerminal],
	);
}
