import {useEffect} from 'react';
import {useStore} from '../contexts.ts';
import {currentPage} from '../state/page.ts';
import {rowsOnMap} from '../view/shown-map.ts';
import {shownProcesses} from '../view/shown-processes.ts';
import {nodeIdOf} from '../view/subject.ts';
import {visibleNodes} from '../view/visible-nodes.ts';
import type {Shown} from './use-shown.ts';

/** Tells the poller which nodes are on the screen, to scrape them first, and which one is open, to scrape more of it. */
export function useScrapePriority({state, table, map, wall, comparison, areas, subject}: Shown): void {
	const {feed} = useStore();
	const ids = visibleNodes(
		map === undefined ? ((wall ?? comparison ?? table)?.rows ?? []) : rowsOnMap(state, map, areas.table),
	);
	const key = JSON.stringify(ids);
	useEffect(() => {
		const ids: readonly string[] = JSON.parse(key);
		feed.polling?.setVisibleNodes(ids);
	}, [feed, key]);
	// With each frame, because a reconnect creates a new poller.
	useEffect(() => {
		feed.polling?.setViewedNode(subject && nodeIdOf(subject));
		feed.polling?.setProcesses(shownProcesses(currentPage(state)));
	});
}
