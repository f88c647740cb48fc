import {declare, textsOf} from './command-line.ts';
import type {Setting} from './config-file.ts';
import type {Given} from './flag.ts';
import type {Settings} from './name-settings.ts';
import {FLAGS} from './option-table.ts';
import {spellOut} from './spell-out.ts';

export type RawFlags = {
	readonly positionals: readonly string[];
	readonly given: (name: string) => Given;
	readonly isSet: (name: string) => boolean;
	/** What the settings of the config file that hold are called. */
	readonly settings: Settings;
	readonly problems: readonly string[];
};

/** The values of all flags: those of the command line, and of the config file for the others. */
export function readFlags(args: readonly string[], settings: ReadonlyMap<string, Setting>): RawFlags {
	const {argv, written, problems} = spellOut(args);
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

	const given = (name: string): Given => all.get(name) ?? {texts: [], named: `--${name}`, origin: 'nowhere'};
	return {positionals: input, given, isSet: name => given(name).texts.length > 0, settings: named, problems};
}
