import {printable} from '../../../metrics/model/printable.ts';
import {formatPercent, UNKNOWN} from '../../format/numbers.ts';
import {heat, type Theme} from '../../theme/theme.ts';
import type {Fact} from './fact-columns.ts';

/** What facts are read with. */
export type FactsContext = {readonly nowMs: number; readonly theme: Theme};

const BAR_CELLS = 10;

/** From this share on something is about to be used up. */
export const HIGH = 0.7;

/** From this share on it nearly is. */
export const CRITICAL = 0.9;

/** The share of what is wrong: it comes before all that is only full. */
export const WRONG = 1;

/** A text is broken between its words. */
export function fact(label: string, text: string, share?: number): Fact {
	return {label: printable(label), pieces: printable(text).split(' '), share};
}

export function withBar(label: string, text: string, share: number | undefined, theme: Theme): Fact {
	return share === undefined
		? fact(label, text.replace(/, used$/, ''))
		: {label, pieces: [text, bar(share, theme)], share};
}

/** How full something is, in cells and in figures: colour alone says nothing. */
export function bar(share: number, theme: Theme): string {
	// What is not used up is not drawn so.
	const most = share < 1 ? BAR_CELLS - 1 : BAR_CELLS;
	const cells = Math.min(Math.max(Math.round(share * BAR_CELLS), 0), most);
	const [full, empty] = theme.symbols === 'unicode' ? ['▰', '▱'] : ['#', '-'];
	return theme.paint(
		heat(share),
		`${full.repeat(cells)}${empty.repeat(BAR_CELLS - cells)} ${formatPercent(share)}`,
	);
}

export function highest(...shares: ReadonlyArray<number | undefined>): number | undefined {
	const known = shares.filter(share => share !== undefined);
	return known.length === 0 ? undefined : Math.max(...known);
}

export function orUnknown(value: number | undefined, format: (value: number) => string): string {
	return value === undefined ? UNKNOWN : format(value);
}
