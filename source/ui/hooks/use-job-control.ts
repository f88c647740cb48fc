import {useCallback, useEffect, useRef} from 'react';
import {useStore, useTerminal} from '../contexts.ts';
import {stopProcess} from '../terminal/stop-process.ts';
import {useSuspension} from './use-suspension.ts';

/** Stops ktop as a shell's job, by Ctrl-Z or from outside, with the terminal as it was; the result does so at once. */
export function useJobControl(): () => void {
	const store = useStore();
	const {redraw} = useTerminal();
	const lend = useSuspension();
	const onStop = useRef(() => {});
	const stop = useCallback(async () => {
		// With a listener the signal would stop nothing.
		process.removeListener('SIGTSTP', onStop.current);
		await stopProcess();
		if (!store.hasEnded) {
			process.on('SIGTSTP', onStop.current);
		}
	}, [store]);
	const suspend = useCallback(() => void lend(stop), [lend, stop]);

	useEffect(() => {
		const onSuspend = (): void => {
			// While kubectl has the terminal there is nothing to give back.
			if (store.isHeld) {
				void stop();
			} else {
				suspend();
			}
		};
		// While ktop was stopped, another program had the terminal.
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
