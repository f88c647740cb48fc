import {useEffect} from 'react';
import {useStore} from '../contexts.ts';
import type {Shown} from './use-shown.ts';

/** Has the object described whose facts are on the screen. */
export function useDescription({described}: Shown): void {
	const {feed} = useStore();
	// With each frame, because another cluster may be connected.
	useEffect(() => {
		feed.description?.setViewed(described?.object);
	});
}
