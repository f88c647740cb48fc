import {printable} from '../../metrics/model/printable.ts';
import {fitText} from '../format/width.ts';
import type {ScreenState} from '../state/screen-state.ts';
import type {Theme} from '../theme/theme.ts';
import {chooserHints, keyHints} from './key-hints.ts';

/** The bottom line: a notice, or the most useful keys. */
export function drawFooter(
	state: ScreenState,
	notice: string | undefined,
	width: number,
	theme: Theme,
): string {
	const {mode} = state;
	// The keys of the column chooser are shown nowhere else, so they come before a notice.
	if (mode.kind === 'chooser') {
		return theme.paint('dim', fitText(` ${chooserHints(width - 2)}`, width, false, theme.ellipsis));
	}

	if (notice !== undefined) {
		return theme.paint('warning', fitText(` ${printable(notice)}`, width, false, theme.ellipsis));
	}

	const keys = keyHints(state, width - 2, theme.symbols === 'unicode');
	return theme.paint('dim', fitText(` ${keys}`, width, false, theme.ellipsis));
}
