import {useWindowSize} from 'ink';
import {useMemo} from 'react';
import {useStore, useTheme} from '../contexts.ts';
import type {ScreenState} from '../state/screen-state.ts';
import {type ScreenView, screenView} from '../view/screen-view.ts';
import {useFrame} from './use-frame.ts';

/** The data that components show in one frame. */
export type Shown = ScreenView & {readonly state: ScreenState};

/** The current frame on a screen of the current size. */
export function useShown(): Shown {
	const {feed, tables} = useStore();
	const theme = useTheme();
	const frame = useFrame();
	const {columns, rows} = useWindowSize();
	return useMemo(() => {
		const {state} = frame;
		return {...screenView(state, {...frame, feed, columns, rows, theme, tables}), state};
	}, [frame, feed, columns, rows, theme, tables]);
}
