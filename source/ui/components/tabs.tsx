import {useTheme} from '../contexts.ts';
import {drawTabs} from '../draw/tab-line.ts';
import type {Shown} from '../hooks/use-shown.ts';
import {Line} from './line.tsx';

/** The tables to go to, or the path of what was opened; right of it the order and the filter. */
export function Tabs({shown: {state, view, counts, window, columns}}: {readonly shown: Shown}) {
	return <Line text={drawTabs(state, view, counts, window.label, columns, useTheme())} />;
}
