import {useStore, useTheme} from '../contexts.ts';
import {fillOverlay} from '../draw/overlay.ts';
import type {Shown} from '../hooks/use-shown.ts';
import {overlayLines, overlayOffset} from '../view/overlay-lines.ts';
import {TimedLines} from './timed-lines.tsx';

export type OverlayProps = {
	readonly shown: Shown;
	readonly height: number;
};

/** Help, explanation or events, which replace the table. */
export function Overlay({shown, height}: OverlayProps) {
	const {feed} = useStore();
	const theme = useTheme();
	const {state, columns} = shown;
	const linesAt = (nowMs: number): readonly string[] => {
		const options = {...shown, nowMs, feed, width: columns};
		const offset = overlayOffset(state, options, height);
		return fillOverlay(overlayLines(state, options), offset, columns, height, theme);
	};
	return <TimedLines linesAt={linesAt} height={height} />;
}
