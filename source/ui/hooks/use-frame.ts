import {useSyncExternalStore} from 'react';
import {useStore} from '../contexts.ts';
import type {Frame} from './screen-store.ts';

/** The frame to show: state, data and time of one moment. */
export function useFrame(): Frame {
	const store = useStore();
	return useSyncExternalStore(store.subscribe, store.frame);
}
