import type {ColorDepth} from './options.ts';

/** Terminals of before there were colours, and those that are named for showing none. */
const COLORLESS = /^(?:dumb|vt\d+.*|.*-m(?:ono)?)$/;

/** What the environment says of the terminal's colours (no-color.org, COLORTERM, terminfo's name). */
export function colorDepthOf(environment: Readonly<Record<string, string | undefined>>): ColorDepth {
	if (environment.NO_COLOR || COLORLESS.test(environment.TERM ?? '')) {
		return 'none';
	}

	if (/^(?:truecolor|24bit)$/i.test(environment.COLORTERM ?? '')) {
		return 'true';
	}

	return /256color|kitty|alacritty|ghostty|wezterm|foot/.test(environment.TERM ?? '') ? '256' : '16';
}
