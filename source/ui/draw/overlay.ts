import {printable} from '../../metrics/model/printable.ts';
import {fitText} from '../format/width.ts';
import type {Theme} from '../theme/theme.ts';

/** As much of an overlay as fits, from a line on; says where there is more. */
export function fillOverlay(
	lines: readonly string[],
	offset: number,
	width: number,
	height: number,
	theme: Theme,
): readonly string[] {
	const start = Math.min(offset, Math.max(lines.length - height, 0));
	const window = lines.slice(start, start + height);
	const rest = lines.length - start - height;
	const shown =
		rest > 0 ? [...window.slice(0, Math.max(height - 1, 1)), `  … ${rest + 1} more lines below`] : window;
	return Array.from({length: height}, (_, index) => {
		// What the cluster says of itself is among the lines.
		return fitText(printable(shown[index] ?? ''), width, false, theme.ellipsis);
	});
}
