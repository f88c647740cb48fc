import {nearest} from '../../../metrics/view/did-you-mean.ts';
import type {Action} from '../action.ts';
import type {Command, CommandContext, CommandProblem} from './command.ts';
import {COMMANDS} from './commands.ts';

/** What a line behind `:` asks for; a name may be cut short as long as it is of one command alone. */
export function readCommand(text: string, context: CommandContext): Action | CommandProblem {
	const {name, argument} = partsOf(text);
	const command = commandOf(name);
	return 'problem' in command ? command : command.read(argument, context);
}

/** The name of a command and what stands behind it. */
export function partsOf(text: string): {readonly name: string; readonly argument: string} {
	const [, name = '', argument = ''] = /^\s*(\S*)\s*(.*?)\s*$/.exec(text) ?? [];
	return {name, argument};
}

/** The command of a name, of one of its short forms, or of the beginning of one name alone. */
export function commandOf(name: string): Command | CommandProblem {
	const exact = COMMANDS.find(({names}) => names.includes(name));
	if (exact !== undefined) {
		return exact;
	}

	const begun = COMMANDS.filter(({names: [first]}) => name !== '' && first.startsWith(name));
	const [only] = begun;
	if (only !== undefined && begun.length === 1) {
		return only;
	}

	const firsts = (begun.length === 0 ? COMMANDS : begun).map(({names: [first]}) => first);
	const meant = nearest(
		name,
		COMMANDS.flatMap(({names}) => names),
	);
	return {
		problem:
			begun.length === 0 && meant !== undefined
				? `no command ${name}: did you mean ${meant}?`
				: `${name === '' ? 'a command is' : `${name} could be`} one of ${firsts.join(', ')}`,
	};
}
