import {useStore, useTheme} from '../contexts.ts';
import {fillOverlay} from '../draw/overlay.ts';
import type {Shown} from '../hooks/use-shown.ts';
import {useTimedText} from '../hooks/use-timed-text.ts';
import {overlayLines} from '../view/overlay-lines.ts';
import {Lines} from './lines.tsx';

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
	const text = useTimedText(nowMs => {
		const lines = overlayLines(state, {...shown, nowMs, feed, width: columns});
		return fillOverlay(lines, offset, columns, height, theme).join('\n');
	});
	return <Lines lines={text.split('\n')} height={height} />;
}
