import type {Environment} from './flag.ts';
import type {ScreenChoices} from './options.ts';

/** Terminals that do not answer questions, and print them: the Linux console and those without cursor movement. */
const SILENT = /^(?:linux|dumb|vt\d+.*)?$/;

/** `15;0` or `0;default;15`: the foreground and the background as numbers of the 16 colours. */
const COLORFGBG = /^\d+;(?:[^;]*;)?(\d+)$/;

/**
 * The theme if none is chosen: for the background of COLORFGBG (rxvt, Konsole) if it is set; `auto`, for which the
 * terminal is asked, if it may answer.
 */
export function defaultTheme({COLORFGBG: colors = '', TERM = ''}: Environment): ScreenChoices['theme'] {
	const background = COLORFGBG.exec(colors)?.[1];
	if (background !== undefined) {
		// The dark ones are colours 0 to 6, and bright black.
		return Number(background) < 7 || background === '8' ? 'dark' : 'light';
	}

	return SILENT.test(TERM) ? 'terminal' : 'auto';
}
