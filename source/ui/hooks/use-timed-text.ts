import {useSyncExternalStore} from 'react';
import {useStore} from '../contexts.ts';

/** A text that changes with time; renders when it changes, also between frames. `textAt` is called every second. */
export function useTimedText(textAt: (nowMs: number) => string): string {
	const {subscribeClock, nowMs} = useStore();
	return useSyncExternalStore(subscribeClock, () => textAt(nowMs()));
}
