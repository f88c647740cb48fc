import {printable} from '../../metrics/model/printable.ts';
import {fitText} from '../format/width.ts';
import type {Theme} from '../theme/theme.ts';

/** Replaces the charts of an object that no longer exists. */
export function drawGone(name: string, height: number, width: number, theme: Theme): readonly string[] {
	return Array.from({length: height}, (_, line) =>
		fitText(
			line === 1 ? `  ${printable(name)} no longer exists; Esc goes back` : '',
			width,
			false,
			theme.ellipsis,
		),
	);
}
