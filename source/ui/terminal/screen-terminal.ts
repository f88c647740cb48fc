import type {ScreenOptions} from '../feed.ts';
import type {Background} from './background.ts';
import {type OpenTerminal, openTerminal} from './open-terminal.ts';

export type ScreenListeners = {
	/** The next frame can be written. */
	readonly onClear: () => void;
	/** An answer that came after `listen`. */
	readonly onBackground: (background: Background) => void;
};

/** The terminal before there is a screen on it. */
export type ScreenTerminal = {
	readonly terminal: OpenTerminal;
	/** Resolves when the answer is known, or not to be waited for. */
	readonly asked: Promise<void>;
	/** Hears from now on; returns the answer if it is known. */
	readonly listen: (listeners: ScreenListeners) => Background | undefined;
};

/**
 * Opens the terminal, and asks for its background where that is of use. To be called before the modules of the screen
 * are loaded, which takes longer than most answers. Keys that are typed meanwhile reach the screen.
 */
export function openScreenTerminal({
	stdin,
	stdout,
	isSpoken,
	hasMouse,
	theme,
	colors,
}: Pick<ScreenOptions, 'stdin' | 'stdout' | 'isSpoken' | 'hasMouse' | 'theme' | 'colors'>): ScreenTerminal {
	const goesByBackground = theme === 'auto' && colors !== 'none' && !isSpoken;
	let answer: Background | undefined;
	let listeners: ScreenListeners | undefined;
	const terminal = openTerminal(
		{stdin, stdout},
		{isFullScreen: !isSpoken, hasMouse: hasMouse && !isSpoken},
		{
			onHangUp: () => process.emit('SIGHUP', 'SIGHUP'),
			onClear: () => listeners?.onClear(),
			onBackground(background) {
				answer = background;
				listeners?.onBackground(background);
			},
		},
	);
	return {
		terminal,
		asked: goesByBackground ? terminal.askBackground() : Promise.resolve(),
		listen(heard) {
			listeners = heard;
			return answer;
		},
	};
}
