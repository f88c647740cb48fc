import {useEffect} from 'react';
import {useStore} from '../contexts.ts';
import {currentPage} from '../state/page.ts';
import type {Shown} from './use-shown.ts';

/** Has controllers read from the first look at workloads on. */
export function useControllers({state, subject}: Shown): void {
	const {feed} = useStore();
	const isShown = currentPage(state).level === 'workloads' || subject?.kind === 'workload';
	// With each frame, because another cluster may be connected.
	useEffect(() => {
		if (isShown) {
			feed.watchControllers?.();
		}
	});
}
