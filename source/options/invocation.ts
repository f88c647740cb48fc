import type {Flag, Given} from './flag.ts';
import {withoutSecrets} from './without-secrets.ts';

/** A flag in effect as it may be shown: without secrets. */
export type ShownFlag = {
	readonly name: string;
	/** Empty texts of a switch. */
	readonly texts: readonly string[];
	readonly origin: 'command-line' | 'config-file';
};

/** What the user asked for, as it may be shown to others. */
export type Invocation = {
	/** `ktop pods --token …`, as if all flags stood at the end. */
	readonly commandLine: string;
	readonly flags: readonly ShownFlag[];
	/** Whether the command line holds what is not shown. */
	readonly hidesSecrets: boolean;
};

export function invocationOf(
	positionals: readonly string[],
	given: (name: string) => Given,
	known: readonly Flag[],
): Invocation {
	const flags: ShownFlag[] = [];
	let hidesSecrets = false;
	for (const {name, value, isSecret} of known) {
		const {texts, origin} = given(name);
		if (origin === 'not-given' || texts.length === 0) {
			continue;
		}

		const isUri = value === 'URI' || value === 'URL';
		const shown = texts.map(text => (isSecret === true ? '…' : isUri ? withoutSecrets(text) : text));
		flags.push({name, texts: shown, origin});
		hidesSecrets ||= origin === 'command-line' && shown.some((text, at) => text !== texts[at]);
	}

	const words = flags
		.filter(({origin}) => origin === 'command-line')
		.flatMap(({name, texts}) => texts.flatMap(text => (text === '' ? [`--${name}`] : [`--${name}`, text])));
	return {commandLine: ['ktop', ...positionals, ...words].join(' '), flags, hidesSecrets};
}
