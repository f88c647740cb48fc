import meow from 'meow';
import type {Flag} from './flag.ts';

/**
 * Parses `argv` with meow. It must come from `normalizeArguments`: meow reports at most one invalid flag, and exits.
 * `flags` are only the flags in `argv`: declaring all flags takes meow ten times as long, a tenth of Node's start-up.
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

/** The values of one flag in meow's result; a switch that is set has one empty value. */
export function textsOf(flag: Flag, flags: Readonly<Record<string, unknown>>): readonly string[] {
	const value = flags[keyOf(flag)];
	if (flag.value === undefined) {
		return value === !isNegation(flag) ? [''] : [];
	}

	return Array.isArray(value) ? value.map(String) : [];
}

/** meow reads `--no-mouse` as `mouse: false`. */
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
