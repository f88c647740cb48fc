import {parseArgs} from 'node:util';
import {nearest} from '../metrics/view/did-you-mean.ts';
import type {Flag} from './flag.ts';
import {FLAGS} from './option-table.ts';

/** Arguments in normal form, and the errors in how they were written. */
export type NormalizedArguments = {
	/** Each flag as `--name=value` with its long name, then the positional arguments after `--`. */
	readonly argv: readonly string[];
	/** How each given flag was written: `-o`, `--output`. */
	readonly written: ReadonlyMap<string, string>;
	readonly problems: readonly string[];
};

type OptionToken = {
	readonly rawName: string;
	readonly value?: string | undefined;
	readonly inlineValue?: boolean | undefined;
};

/**
 * Expands short forms that kubectl accepts (`-ojson`, `-o=json`, `-wA`, a value that begins with a dash). Drops unknown flags,
 * missing values, values of switches and repeated flags, with one problem each.
 */
export function normalizeArguments(args: readonly string[]): NormalizedArguments {
	const {tokens, positionals} = parseArgs({
		args: [...args],
		options: Object.fromEntries(
			FLAGS.map(({name, short, value}) => [
				name,
				{
					type: value === undefined ? ('boolean' as const) : ('string' as const),
					multiple: true as const,
					...(short === undefined ? {} : {short}),
				},
			]),
		),
		strict: false,
		allowPositionals: true,
		tokens: true,
	});
	const argv: string[] = [];
	const written = new Map<string, string>();
	const problems: string[] = [];
	const repeated = new Set<string>();
	for (const each of tokens) {
		if (each.kind !== 'option') {
			continue;
		}

		const token = {...each, value: givenValue(each)};
		const flag = FLAGS.find(({name}) => name === token.name);
		const problem = flag === undefined ? unknownFlag(token.rawName) : wrongValue(flag, token);
		if (problem !== undefined || flag === undefined) {
			problems.push(...(problem === undefined ? [] : [problem]));
			continue;
		}

		if (flag.value === undefined) {
			// A repeated switch counts once.
			argv.push(...(written.has(flag.name) ? [] : [`--${flag.name}`]));
		} else if (written.has(flag.name) && flag.isRepeatable === undefined) {
			repeated.add(flag.name);
		} else {
			argv.push(`--${flag.name}=${quoted(token.value ?? '')}`);
		}

		written.set(flag.name, token.rawName);
	}

	problems.push(...[...repeated].map(name => `--${name} is given more than once: keep one`));
	return {argv: [...argv, '--', ...positionals], written, problems};
}

/** The value of `-o=json` is `json`, as for kubectl. */
function givenValue({rawName, value, inlineValue}: OptionToken): string | undefined {
	return inlineValue === true && !rawName.startsWith('--') ? value?.replace(/^=/, '') : value;
}

/** Quotes a quoted value once more: meow's parser strips one pair. */
function quoted(value: string): string {
	return /^(["'])[\s\S]*\1$/.test(value) ? `"${value}"` : value;
}

function wrongValue(
	{value}: Flag,
	token: {readonly rawName: string; readonly value?: string | undefined},
): string | undefined {
	if (value !== undefined) {
		return token.value === undefined || token.value === ''
			? `${token.rawName} needs a value: write ${token.rawName} ${value}`
			: undefined;
	}

	return token.value === undefined ? undefined : `${token.rawName} takes no value: leave out “=…”`;
}

function unknownFlag(raw: string): string {
	const meant = nearest(
		raw.replace(/^-+/, ''),
		FLAGS.map(({name}) => name),
	);
	return `unknown flag ${raw}: ${meant === undefined ? 'see ktop --help' : `did you mean --${meant}?`}`;
}
