import {useSyncExternalStore} from 'react';
import {useStore} from '../contexts.ts';

/** A text that changes with time; renders when it changes, also between frames. `textAt` is called every second. */
export function useTimedText(textAt: (nowMs: number) => string): string {
	const {subscribeClock, nowMs} = useStore();
	// React asks more than once for each render.
	let known: {readonly atMs: number; readonly text: string} | undefined;
	const text = (): string => {
		const atMs = nowMs();
		known = known?.atMs === atMs ? known : {atMs, text: textAt(atMs)};
		return known.text;
	};
	return useSyncExternalStore(subscribeClock, text);
}
