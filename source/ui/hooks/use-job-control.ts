import {useCallback, useEffect, useRef} from 'react';
import {useStore, useTerminal} from '../contexts.ts';
import {stopProcess} from '../terminal/stop-process.ts';
import {useSuspension} from './use-suspension.ts';

/** Restores the terminal and stops ktop like a job of the shell on SIGTSTP. Returns a function that does so, for Ctrl-Z. */
export function useJobControl(): () => void {
	const store = useStore();
	const {redraw} = useTerminal();
	const lend = useSuspension();
	const onStop = useRef(() => {});
	const stop = useCallback(async () => {
		// The signal stops the process only if it has no listener.
		process.removeListener('SIGTSTP', onStop.current);
		await stopProcess();
		if (!store.hasEnded) {
			process.on('SIGTSTP', onStop.current);
		}
	}, [store]);
	const suspend = useCallback(() => void lend(stop), [lend, stop]);

	useEffect(() => {
		const onSuspend = (): void => {
			// While kubectl has the terminal, it is already restored.
			if (store.isHeld) {
				void stop();
			} else {
				suspend();
			}
		};
		// While ktop was stopped, another program may have changed the terminal.
		const onContinue = (): void => redraw();
		onStop.current = onSuspend;
		process.on('SIGTSTP', onSuspend);
		process.on('SIGCONT', onContinue);
		return () => {
			process.removeListener('SIGTSTP', onSuspend);
			process.removeListener('SIGCONT', onContinue);
		};
	}, [store, redraw, stop, suspend]);

	return suspend;
}
