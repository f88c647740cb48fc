import {nearest} from '../../../metrics/view/did-you-mean.ts';
import type {Action} from '../action.ts';
import type {Command, CommandContext, CommandProblem} from './command.ts';
import {COMMANDS} from './commands.ts';

/** Parses a command line. A name may be abbreviated to a unique prefix. */
export function readCommand(text: string, context: CommandContext): Action | CommandProblem {
	const {name, argument} = commandParts(text);
	const command = commandOf(name);
	return 'problem' in command ? command : command.read(argument, context);
}

/** Splits a command line into the name and the argument. */
export function commandParts(text: string): {readonly name: string; readonly argument: string} {
	const [, name = '', argument = ''] = /^\s*(\S*)\s*(.*?)\s*$/.exec(text) ?? [];
	return {name, argument};
}

/** The command with a name, an alias, or a unique prefix of a name. */
export function commandOf(name: string): Command | CommandProblem {
	const exact = COMMANDS.find(({names}) => names.includes(name));
	if (exact !== undefined) {
		return exact;
	}

	const candidates = COMMANDS.filter(({names: [first]}) => name !== '' && first.startsWith(name));
	const [only] = candidates;
	if (only !== undefined && candidates.length === 1) {
		return only;
	}

	const firsts = (candidates.length === 0 ? COMMANDS : candidates).map(({names: [first]}) => first);
	const meant = nearest(
		name,
		COMMANDS.flatMap(({names}) => names),
	);
	return {
		problem:
			candidates.length === 0 && meant !== undefined
				? `no command ${name}: did you mean ${meant}?`
				: `${name === '' ? 'no command' : candidates.length === 0 ? `no command ${name}` : `${name} is ambiguous`}: use one of ${firsts.join(', ')}`,
	};
}
