import {printable} from '../../metrics/model/printable.ts';
import {fitText} from '../format/width.ts';
import type {Theme} from '../theme/theme.ts';

/** The lines of an overlay from `offset` on; exactly `height` lines. The last one says how many lines are below. */
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
		// Lines contain untrusted texts of the cluster.
		return fitText(printable(shown[index] ?? ''), width, false, theme.ellipsis);
	});
}
