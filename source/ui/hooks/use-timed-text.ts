import {useMemo, useSyncExternalStore} from 'react';
import {useStore} from '../contexts.ts';

/**
 * A text that changes with time; renders when it changes, also between frames. `textAt` is called every second, once while
 * it is the same function.
 */
export function useTimedText(textAt: (nowMs: number) => string): string {
	const {subscribeClock, nowMs} = useStore();
	const text = useMemo(() => {
		// React asks more than once for each render.
		let known: {readonly atMs: number; readonly text: string} | undefined;
		return (): string => {
			const atMs = nowMs();
			known = known?.atMs === atMs ? known : {atMs, text: textAt(atMs)};
			return known.text;
		};
	}, [textAt, nowMs]);
	return useSyncExternalStore(subscribeClock, text);
}
