import {useEffect} from 'react';
import {useStore} from '../contexts.ts';
import type {End} from './use-end.ts';

const SIGNALS: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGINT'];

/** Ends the screen on signals and uncaught exceptions, so that the terminal is restored first. */
export function useEndSignals(end: End): void {
	const store = useStore();
	useEffect(() => {
		const onSignal = (signal: NodeJS.Signals): void => {
			// Ctrl-C is a key here. While kubectl has the terminal, SIGINT is for kubectl.
			if (signal !== 'SIGINT' || !store.isHeld) {
				end(signal);
			}
		};
		const onException = (error: unknown): void =>
			end(error instanceof Error ? error : new Error(String(error)));
		for (const signal of SIGNALS) {
			process.on(signal, onSignal);
		}

		process.on('uncaughtException', onException);
		return () => {
			for (const signal of SIGNALS) {
				process.removeListener(signal, onSignal);
			}

			process.removeListener('uncaughtException', onException);
		};
	}, [store, end]);
}
