import {useSyncExternalStore} from 'react';
import {useStore} from '../contexts.ts';
import type {Frame} from './screen-store.ts';

/** The current frame; renders when it changes. */
export function useFrame(): Frame {
	const store = useStore();
	return useSyncExternalStore(store.subscribe, store.frame);
}
