import {COMMANDS} from './commands.ts';

/** The lines of the help: each command with its aliases and argument, and what it does. */
export function commandLines(): ReadonlyArray<readonly [string, string]> {
	return COMMANDS.map(({names, argument, help}) => {
		const [first, ...others] = names;
		const usage = [`:${first}`, ...others].join('|');
		return [argument === undefined ? usage : `${usage} ${argument}`, help] as const;
	});
}
