import {printable} from '../../../metrics/model/printable.ts';
import type {View} from '../../../metrics/model/view.ts';
import {fitText} from '../../format/width.ts';
import type {Theme} from '../../theme/theme.ts';

/** The line that replaces the rows of an empty table. */
export function emptyLine({level, total}: View, width: number, theme: Theme, reason?: string): string {
	const text =
		total > 0
			? `  none of ${total} ${level} matches the filter; Esc clears it`
			: `  no ${level}${reason === undefined ? '' : `: ${printable(reason)}`}`;
	return theme.paint('dim', fitText(text, width, false, theme.ellipsis));
}
