import type {Theme} from '../theme/theme.ts';

/** ktop's own signs that have an ASCII twin of the same width; names of the cluster stay as they are. */
const TWINS: Readonly<Record<string, string>> = {
	'–': '-',
	'“': '"',
	'”': '"',
	'’': "'",
	'↓': 'v',
	'↑': '^',
	'→': '>',
	'…': '~',
};

/** A line as the theme's symbols allow: on a screen of ASCII alone ktop's own signs are replaced. */
export function inSymbols(line: string, {symbols}: Theme): string {
	return symbols === 'unicode' ? line : line.replace(/[–“”’↓↑→…]/g, sign => TWINS[sign] ?? sign);
}
