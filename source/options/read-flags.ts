import {parseArgs} from 'node:util';
import {FLAGS, type Flag, type FlagName} from './option-table.ts';

export type RawFlags = {
	readonly positionals: readonly string[];
	readonly value: (name: FlagName) => string | undefined;
	readonly values: (name: FlagName) => readonly string[];
	readonly isSet: (name: FlagName) => boolean;
	readonly problems: readonly string[];
};

const flags: readonly Flag[] = FLAGS;

/** Splits the arguments by the table of flags; `defaults` hold for those that are not given. Unknown flags and missing values are told with the nearest right one. */
export function readFlags(
	argv: readonly string[],
	defaults: ReadonlyMap<string, readonly string[]> = new Map(),
): RawFlags {
	const problems: string[] = [];
	const {tokens, positionals} = parseArgs({
		args: [...argv],
		options: Object.fromEntries(
			flags.map(({name, short, value}) => [
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
	const given = new Map<string, string[]>();
	for (const token of tokens) {
		if (token.kind !== 'option') {
			continue;
		}

		const flag = flags.find(({name}) => name === token.name);
		if (flag === undefined) {
			problems.push(unknownFlag(token.rawName));
		} else if (flag.value !== undefined && (token.value === undefined || token.value === '')) {
			problems.push(`${token.rawName} needs a value: write ${token.rawName} ${flag.value}`);
		} else if (flag.value === undefined && token.value !== undefined) {
			problems.push(`${token.rawName} takes no value: leave out “=…”`);
		} else {
			given.set(flag.name, [...(given.get(flag.name) ?? []), token.value ?? '']);
		}
	}

	for (const {name, value, isRepeatable} of flags) {
		if (value !== undefined && isRepeatable === undefined && (given.get(name)?.length ?? 0) > 1) {
			problems.push(`--${name} is given more than once: keep one`);
		}
	}

	for (const [name, values] of defaults) {
		given.set(name, given.get(name) ?? [...values]);
	}

	return {
		positionals,
		value: name => given.get(name)?.at(-1),
		values: name => given.get(name) ?? [],
		isSet: name => given.has(name),
		problems,
	};
}

function unknownFlag(raw: string): string {
	const name = raw.replace(/^-+/, '');
	const nearest = flags
		.map(flag => ({name: flag.name, distance: editDistance(name, flag.name)}))
		.sort((a, b) => a.distance - b.distance)[0];
	const isNear = name.length > 1 && nearest !== undefined && nearest.distance <= Math.max(2, name.length / 3);
	return `unknown flag ${raw}: ${isNear ? `did you mean --${nearest.name}?` : 'see ktop --help'}`;
}

/** Insertions, deletions and substitutions from one word to the other (Levenshtein). */
function editDistance(from: string, to: string): number {
	let row = Array.from({length: to.length + 1}, (_, index) => index);
	for (let i = 1; i <= from.length; i++) {
		const next = [i];
		for (let j = 1; j <= to.length; j++) {
			const substitution = (row[j - 1] ?? 0) + Number(from[i - 1] !== to[j - 1]);
			next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution));
		}

		row = next;
	}

	return row[to.length] ?? 0;
}
