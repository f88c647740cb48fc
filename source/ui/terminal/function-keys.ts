/** The sequences of xterm, rxvt, the Linux console and similar terminals for keys that Ink does not name. */
const FUNCTION_KEYS: ReadonlyMap<string, string> = new Map([
	['\u001BOP', 'f1'],
	['\u001BOQ', 'f2'],
	['\u001BOR', 'f3'],
	['\u001BOS', 'f4'],
	['\u001B[[A', 'f1'],
	['\u001B[[B', 'f2'],
	['\u001B[[C', 'f3'],
	['\u001B[[D', 'f4'],
	['\u001B[[E', 'f5'],
	['\u001B[11~', 'f1'],
	['\u001B[12~', 'f2'],
	['\u001B[13~', 'f3'],
	['\u001B[14~', 'f4'],
	['\u001B[15~', 'f5'],
	['\u001B[17~', 'f6'],
	['\u001B[18~', 'f7'],
	['\u001B[19~', 'f8'],
	['\u001B[20~', 'f9'],
	['\u001B[21~', 'f10'],
	['\u001B[23~', 'f11'],
	['\u001B[24~', 'f12'],
	['\u001B[2~', 'insert'],
]);

/** The name of the function key (or Insert) that sends a sequence; undefined for others. */
export function functionKeyOf(sequence: string): string | undefined {
	return FUNCTION_KEYS.get(sequence);
}

/** The source of a regular expression that matches all of them. */
export const FUNCTION_KEY = [...FUNCTION_KEYS.keys()]
	.map(sequence => sequence.replaceAll('[', '\\['))
	.join('|');
