import {useStore, useTheme} from '../contexts.ts';
import {drawContexts} from '../draw/context-list.ts';
import type {Shown} from '../hooks/use-shown.ts';
import {shownContexts} from '../view/shown-contexts.ts';
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
	const theme = useTheme();
	const lines = drawContexts({...shownContexts(feed, selected, {width: shown.columns, height}), theme});
	return <Lines lines={lines} height={height} />;
}
