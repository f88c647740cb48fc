import {declare, textsOf} from './command-line.ts';
import type {Setting} from './config-file.ts';
import type {Given} from './flag.ts';
import type {Settings} from './name-settings.ts';
import {normalizeArguments} from './normalize-arguments.ts';
import {FLAGS} from './option-table.ts';

export type RawFlags = {
	readonly positionals: readonly string[];
	readonly given: (name: string) => Given;
	readonly isSet: (name: string) => boolean;
	/** The settings of the config file in effect. */
	readonly settings: Settings;
	readonly problems: readonly string[];
};

/** The values of all flags, from the command line or else from the config file. */
export function readFlags(args: readonly string[], settings: ReadonlyMap<string, Setting>): RawFlags {
	const {argv, written, problems} = normalizeArguments(args);
	const writtenFlags = FLAGS.filter(({name}) => written.has(name));
	const {flags, input} = declare(argv, writtenFlags);
	const overridden = new Set(writtenFlags.flatMap(({overrides = []}) => overrides));
	const all = new Map<string, Given>();
	const named = new Map<string, string>();
	for (const flag of FLAGS) {
		const {name} = flag;
		const setting = overridden.has(name) ? undefined : settings.get(name);
		if (written.has(name)) {
			all.set(name, {
				texts: textsOf(flag, flags),
				named: written.get(name) ?? `--${name}`,
				origin: 'command-line',
			});
		} else if (setting !== undefined) {
			all.set(name, {...setting, origin: 'config-file'});
			named.set(name, setting.named);
		}
	}

	const given = (name: string): Given =>
		all.get(name) ?? {texts: [], named: `--${name}`, origin: 'not-given'};
	return {positionals: input, given, isSet: name => given(name).texts.length > 0, settings: named, problems};
}
