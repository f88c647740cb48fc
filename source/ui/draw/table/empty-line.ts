import {printable} from '../../../metrics/model/printable.ts';
import type {View} from '../../../metrics/model/view.ts';
import {fitText} from '../../format/width.ts';
import type {Theme} from '../../theme/theme.ts';

/** The line that replaces the rows of an empty table. */
export function emptyLine({level, total}: View, width: number, theme: Theme, reason?: string): string {
	// A tree is of nodes, namespaces or groups.
	const what = level === 'tree' ? 'rows' : level;
	const text =
		total > 0
			? `  none of ${total} ${what} matches the filter; Esc clears it`
			: `  no ${what}${reason === undefined ? '' : `: ${printable(reason)}`}`;
	return theme.paint('dim', fitText(text, width, false, theme.ellipsis));
}
