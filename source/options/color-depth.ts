import type {ColorChoice} from './options.ts';

/** Names of terminals without colours: hardware terminals, and the monochrome variants in terminfo. */
const COLORLESS = /^(?:dumb|vt\d+.*|.*-m(?:ono)?)$/;

/** The colour depth according to NO_COLOR (no-color.org), COLORTERM and TERM; 16 colours if they say nothing. */
export function colorDepthOf(environment: Readonly<Record<string, string | undefined>>): ColorChoice {
	if (environment.NO_COLOR || COLORLESS.test(environment.TERM ?? '')) {
		return 'none';
	}

	if (/^(?:truecolor|24bit)$/i.test(environment.COLORTERM ?? '')) {
		return 'true';
	}

	return /256color|kitty|alacritty|ghostty|wezterm|foot/.test(environment.TERM ?? '') ? '256' : '16';
}
