import {parseDurationMs} from '../metrics/model/duration.ts';
import type {PrintedLevel} from '../metrics/model/view.ts';
import type {CommandName} from './command-words.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Why a value is invalid: one line each, which begins with the flag or setting. */
export class FlagProblem {
	readonly texts: readonly string[];

	constructor(...texts: readonly string[]) {
		this.texts = texts;
	}
}

/** The values of one flag and their origin. No values: the flag was not given. */
export type Given = {
	readonly texts: readonly string[];
	/** The name in messages: `--sort`, `-o`, or `/home/me/.config/ktop-tui/config.yaml:3: sort`. */
	readonly named: string;
	readonly origin: 'command-line' | 'config-file' | 'not-given';
};

/** The rest of the input that a value may depend on. */
export type Context = {
	readonly environment: Environment;
	readonly level: PrintedLevel;
	readonly given: (name: string) => Given;
	readonly isSet: (name: string) => boolean;
};

/** A flag of the command line, also a setting of the config file unless `isCommandLineOnly`. */
export type Flag = {
	readonly name: string;
	readonly short?: string;
	/** The placeholder of the value in the help; absent for a switch. */
	readonly value?: string;
	readonly isRepeatable?: true;
	readonly help: string;
	/** All valid values. */
	readonly choices?: readonly string[];
	/** Its value is a secret, and never shown. */
	readonly isSecret?: true;
	/** Only makes sense for one run, so the config file cannot set it. */
	readonly isCommandLineOnly?: true;
	/** The only commands on which it has an effect, of those that take its group; the first one is suggested in messages. */
	readonly commands?: readonly [CommandName, ...CommandName[]];
	/** Settings of the config file that are ignored if this flag is on the command line. */
	readonly overrides?: readonly string[];
};

/** A flag that sets an option. `read` is also called if the flag is not given. */
export type OptionFlag<Value> = Flag & {
	readonly read: (given: Given, context: Context) => Value | FlagProblem;
};

/** The fields of a flag that the builders below do not set. */
type Row = Omit<Flag, 'name' | 'value' | 'isRepeatable' | 'choices'>;

/** A flag without a value. */
export function toggle(name: string, row: Row): OptionFlag<boolean> {
	return {name, ...row, read: ({texts}) => texts.length > 0};
}

/** A flag with one value, parsed by `parse`; undefined if not given. */
export function single<Value>(
	name: string,
	value: string,
	row: Row,
	parse: (text: string, named: string, context: Context) => Value | FlagProblem,
): OptionFlag<Value | undefined> {
	return {
		name,
		value,
		...row,
		read: ({texts, named}, context) => {
			const text = texts.at(-1);
			return text === undefined ? undefined : parse(text, named, context);
		},
	};
}

/** A flag with any string as its value; undefined if not given. */
export function stringFlag(name: string, value: string, row: Row): OptionFlag<string | undefined> {
	return single(name, value, row, given => given);
}

/** A flag that may repeat; the option is the list of its values. */
export function listFlag<Value>(
	name: string,
	value: string,
	row: Row,
	parse: (text: string, named: string, context: Context) => Value | FlagProblem,
): OptionFlag<readonly Value[]> {
	return {
		name,
		value,
		isRepeatable: true,
		...row,
		read: ({texts, named}, context) => {
			const values: Value[] = [];
			const problems: string[] = [];
			for (const one of texts) {
				const parsed = parse(one, named, context);
				if (parsed instanceof FlagProblem) {
					problems.push(...parsed.texts);
				} else {
					values.push(parsed);
				}
			}

			return problems.length > 0 ? new FlagProblem(...problems) : values;
		},
	};
}

/** A flag with a fixed set of values. The help begins with them, each followed by its note. */
export function choice<const Value extends string>(
	name: string,
	value: string,
	choices: readonly Value[],
	{
		noun,
		notes,
		help,
		...row
	}: Row & {
		readonly noun: string;
		readonly notes?: Readonly<Partial<Record<Value, string>>>;
	},
): OptionFlag<Value | undefined> {
	const noted = choices.map(one => (notes?.[one] === undefined ? one : `${one} (${notes[one]})`));
	return {
		...single(name, value, {...row, help: `${alternatives(noted)}${help}`}, (given, named) =>
			oneOf(choices, given, named, noun),
		),
		choices,
	};
}

function oneOf<Value extends string>(
	known: readonly Value[],
	given: string,
	named: string,
	noun: string,
): Value | FlagProblem {
	return (
		known.find(one => one === given) ??
		new FlagProblem(`${named} ${given}: unknown ${noun}; use ${known.join(', ')}`)
	);
}

/** The flag with its value mapped by `complete`, which also sees the rest of the input. */
export function completed<Written, Value>(
	flag: OptionFlag<Written | undefined>,
	complete: (value: Written | undefined, context: Context) => Value | FlagProblem,
): OptionFlag<Value> {
	return {
		...flag,
		read: (given, context) => {
			const value = flag.read(given, context);
			return value instanceof FlagProblem ? value : complete(value, context);
		},
	};
}

/** The flag with a default for when it is not given. */
export function withDefault<Value>(flag: OptionFlag<Value | undefined>, usual: Value): OptionFlag<Value> {
	return completed(flag, value => value ?? usual);
}

const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;

/** A flag with a duration within two bounds (inclusive); undefined if not given. */
export function duration(
	name: string,
	leastMs: number,
	mostMs: number,
	row: Row,
): OptionFlag<number | undefined> {
	return single(name, 'TIME', row, (given, named) => {
		const durationMs = parseDurationMs(given);
		if (durationMs === undefined) {
			return new FlagProblem(`${named} ${given}: invalid duration; write for example 10s, 500ms or 1m30s`);
		}

		return durationMs < leastMs || durationMs > mostMs
			? new FlagProblem(
					`${named} ${given}: must be from ${formatDuration(leastMs)} to ${formatDuration(mostMs)}`,
				)
			: durationMs;
	});
}

function formatDuration(durationMs: number): string {
	return durationMs < SECOND_MS
		? `${durationMs}ms`
		: durationMs < MINUTE_MS
			? `${durationMs / SECOND_MS}s`
			: durationMs < HOUR_MS
				? `${durationMs / MINUTE_MS}m`
				: `${durationMs / HOUR_MS}h`;
}

/** `a, b or c`. */
function alternatives(words: readonly string[]): string {
	return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
