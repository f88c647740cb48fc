import {completeFilter, type WordCompletion} from '../complete-filter.ts';
import type {CommandContext} from './command.ts';
import {COMMANDS} from './commands.ts';
import {commandOf} from './read-command.ts';

/** The candidates for the word before the cursor: names of commands, or the argument of a command. */
export function completeCommand(text: string, cursor: number, context: CommandContext): WordCompletion {
	const before = [...text].slice(0, cursor).join('');
	const [, lead = '', name = '', gap = '', argument = ''] = /^(\s*)(\S*)(\s*)(.*)$/.exec(before) ?? [];
	if (gap === '') {
		const names = COMMANDS.map(({names: [first]}) => first);
		return {start: lead.length, words: names.filter(known => known.startsWith(name))};
	}

	const command = commandOf(name);
	if ('problem' in command) {
		return {start: cursor, words: []};
	}

	if (command.names[0] === 'filter') {
		const completion = completeFilter(argument, [...argument].length, context.vocabulary);
		return {...completion, start: completion.start + [...(lead + name + gap)].length};
	}

	// Only the last of several namespaces is completed; the sign before a column is skipped.
	const typed = /[^,|+\s]*$/.exec(argument.replace(/^-/, ''))?.[0] ?? '';
	const words = command.words?.(context) ?? [];
	return {start: cursor - [...typed].length, words: words.filter(word => word.startsWith(typed))};
}
