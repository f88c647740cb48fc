import {useEffect} from 'react';
import {useStore} from '../contexts.ts';
import {nodeIdOf} from '../view/subject.ts';
import {visibleNodes} from '../view/visible-nodes.ts';
import type {Shown} from './use-shown.ts';

/** Reports the nodes on the screen, which are scraped first, and the node that is viewed, of which more is read. */
export function useReadFirst({table, subject}: Shown): void {
	const {feed} = useStore();
	const ids = visibleNodes(table?.rows ?? []);
	const key = JSON.stringify(ids);
	useEffect(() => {
		const ids: readonly string[] = JSON.parse(key);
		feed.polling?.setVisibleNodes(ids);
	}, [feed, key]);
	// With each frame, since what is read may be another session by then.
	useEffect(() => {
		feed.polling?.setViewedNode(subject && nodeIdOf(subject));
	});
}
