import {printable} from '../../../metrics/model/printable.ts';
import {formatPercent, UNKNOWN} from '../../format/numbers.ts';
import {heat, type Theme} from '../../theme/theme.ts';
import type {Fact} from './fact-columns.ts';

export type FactsContext = {
	readonly nowMs: number;
	readonly theme: Theme;
	/** Whether the description is shown too, which has all conditions with their messages. */
	readonly isDescribed?: boolean;
};

const BAR_CELLS = 10;

/** Facts with at least this share come after the critical ones. */
export const HIGH = 0.7;

/** Facts with at least this share come first. */
export const CRITICAL = 0.9;

/** A fact whose text may wrap between words. */
export function fact(label: string, text: string, share?: number): Fact {
	return {label: printable(label), pieces: printable(text).split(' '), share};
}

/** A fact with a bar of `share` after its text, if the share is known. */
export function withBar(label: string, text: string, share: number | undefined, theme: Theme): Fact {
	return share === undefined ? fact(label, text) : {label, pieces: [text, bar(share, theme)], share};
}

/** The free part of a resource, with a bar of the used share if that is known. */
export function left(label: string, text: string, usedShare: number | undefined, theme: Theme): Fact {
	return withBar(label, usedShare === undefined ? text : `${text}, used`, usedShare, theme);
}

/** `▰▰▰▱▱▱▱▱▱▱ 31%`. The percentage is always there, so that no meaning depends on colour. */
export function bar(share: number, theme: Theme): string {
	// Only 100 % and more fill the whole bar.
	const most = share < 1 ? BAR_CELLS - 1 : BAR_CELLS;
	const cells = Math.min(Math.max(Math.round(share * BAR_CELLS), 0), most);
	const [full, empty] = theme.symbols === 'unicode' ? ['▰', '▱'] : ['#', '-'];
	return theme.paint(
		heat(share),
		`${full.repeat(cells)}${empty.repeat(BAR_CELLS - cells)} ${formatPercent(share)}`,
	);
}

/** The highest known share; undefined if none is known. */
export function highest(...shares: ReadonlyArray<number | undefined>): number | undefined {
	const known = shares.filter(share => share !== undefined);
	return known.length === 0 ? undefined : Math.max(...known);
}

export function orUnknown(value: number | undefined, format: (value: number) => string): string {
	return value === undefined ? UNKNOWN : format(value);
}
