import type {ContextListOptions} from '../draw/context-list.ts';
import type {Feed} from '../feed.ts';
import {selectedContext} from '../state/context-choosing.ts';

/** What the list of contexts shows; `selected` is the name of the selected one, undefined for the one on the screen. */
export function shownContexts(
	{contexts: known}: Pick<Feed, 'contexts'>,
	selected: string | undefined,
	size: Pick<ContextListOptions, 'width' | 'height'>,
): ContextListOptions {
	const {contexts, failure} = known?.list() ?? {contexts: [], failure: undefined};
	const current = known?.current();
	return {
		contexts,
		failure,
		selected: selectedContext(selected, {contexts: () => contexts ?? [], context: current}),
		shown: known?.shown?.() ?? (current === undefined ? [] : [current]),
		opening: known?.opening(),
		failed: known?.failed(),
		...size,
	};
}
