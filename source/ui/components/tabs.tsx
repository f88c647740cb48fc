import {useTheme} from '../contexts.ts';
import {drawTabs} from '../draw/tab-line.ts';
import type {Shown} from '../hooks/use-shown.ts';
import {Line} from './line.tsx';

/** The tabs, or the path of the open page; on the right the sort order and the filter. */
export function Tabs({shown: {state, view, counts, window, columns}}: {readonly shown: Shown}) {
	return <Line text={drawTabs(state, view, counts, window.label, columns, useTheme())} />;
}
