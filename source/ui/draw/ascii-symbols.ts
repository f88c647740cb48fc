import type {Theme} from '../theme/theme.ts';

/** ASCII replacements of the same width for ktop's own symbols; names of the cluster are not changed. */
const ASCII: Readonly<Record<string, string>> = {
	'–': '-',
	'“': '"',
	'”': '"',
	'’': "'",
	'↓': 'v',
	'↑': '^',
	'→': '>',
	'…': '~',
};

/** Replaces ktop's own symbols if the theme is ASCII. */
export function inSymbols(line: string, {symbols}: Theme): string {
	return symbols === 'unicode' ? line : line.replace(/[–“”’↓↑→…]/g, symbol => ASCII[symbol] ?? symbol);
}
