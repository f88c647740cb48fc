import {useStore, useTheme} from '../contexts.ts';
import {fillOverlay} from '../draw/overlay.ts';
import type {Shown} from '../hooks/use-shown.ts';
import {overlayLines} from '../view/overlay-lines.ts';
import {TimedLines} from './timed-lines.tsx';

export type OverlayProps = {
	readonly shown: Shown;
	/** The first line on the screen. */
	readonly offset: number;
	readonly height: number;
};

/** Help, explanation or events, which replace the table. */
export function Overlay({shown, offset, height}: OverlayProps) {
	const {feed} = useStore();
	const theme = useTheme();
	const {state, columns} = shown;
	const linesAt = (nowMs: number): readonly string[] => {
		const lines = overlayLines(state, {...shown, nowMs, feed, width: columns});
		return fillOverlay(lines, offset, columns, height, theme);
	};
	return <TimedLines linesAt={linesAt} height={height} />;
}
