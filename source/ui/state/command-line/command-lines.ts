import {COMMANDS} from './commands.ts';

/** The help's lines: each command with what may stand behind it, and what it does. */
export function commandLines(): ReadonlyArray<readonly [string, string]> {
	return COMMANDS.map(({names, argument, help}) => {
		const [first, ...others] = names;
		const signs = [`:${first}`, ...others].join(' ');
		return [argument === undefined ? signs : `${signs} ${argument}`, help] as const;
	});
}
