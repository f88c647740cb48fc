import {useStore, useTheme} from '../contexts.ts';
import {drawContexts} from '../draw/context-list.ts';
import type {Shown} from '../hooks/use-shown.ts';
import {selectedContext} from '../state/context-choosing.ts';
import {Lines} from './lines.tsx';

export type ContextListProps = {
	readonly shown: Shown;
	/** The name of the selected one; undefined for the one on the screen. */
	readonly selected: string | undefined;
	readonly height: number;
};

/** The list of contexts, which replaces the table. */
export function ContextList({shown, selected, height}: ContextListProps) {
	const {feed} = useStore();
	const {contexts, failure} = feed.contexts?.list() ?? {contexts: [], failure: undefined};
	const current = feed.contexts?.current();
	const lines = drawContexts({
		contexts,
		failure,
		selected: selectedContext(selected, {contexts: () => contexts ?? [], context: current}),
		current,
		opening: feed.contexts?.opening(),
		failed: feed.contexts?.failed(),
		width: shown.columns,
		height,
		theme: useTheme(),
	});
	return <Lines lines={lines} height={height} />;
}
