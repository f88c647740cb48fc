import meow from 'meow';
import type {Flag} from './flag.ts';

/**
 * The command line as meow knows it. The arguments must be spelled out: of unknown flags, missing values and the like
 * meow tells one at most, and by exiting. `flags` are those in `argv`: to declare all of the table takes meow ten times
 * as long, a tenth of Node's own start.
 */
export function declare(argv: readonly string[], flags: readonly Flag[], help = '') {
	return meow({
		importMeta: import.meta,
		argv,
		help,
		helpIndent: 0,
		description: false,
		pkg: {name: 'ktop'},
		version: process.env.KTOP_VERSION ?? 'development',
		flags: Object.fromEntries(flags.map(flag => [keyOf(flag), declaration(flag)])),
		booleanDefault: undefined,
		autoHelp: false,
		autoVersion: false,
	});
}

/** The values of a flag among what meow read; a switch that is set has one, which is empty. */
export function textsOf(flag: Flag, flags: Readonly<Record<string, unknown>>): readonly string[] {
	const value = flags[keyOf(flag)];
	if (flag.value === undefined) {
		return value === !isNegation(flag) ? [''] : [];
	}

	return Array.isArray(value) ? value.map(String) : [];
}

/** `--no-mouse` is `mouse: false`, as everywhere in meow. */
const isNegation = ({name}: Flag): boolean => name.startsWith('no-');

function keyOf({name}: Flag): string {
	return name.replace(/^no-/, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function declaration(flag: Flag) {
	const short = flag.short === undefined ? {} : {shortFlag: flag.short};
	return flag.value === undefined
		? ({type: 'boolean', ...short} as const)
		: ({type: 'string', isMultiple: true, ...short} as const);
}
