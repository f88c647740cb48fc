import type {CommandContext} from '../state/command-line/command.ts';
import {completeCommand} from '../state/command-line/complete-command.ts';
import {commandOf, commandParts} from '../state/command-line/read-command.ts';
import type {PromptLine} from '../state/prompt-line.ts';

/** The completions of the typed command, and its help if the name is known. */
export type CommandWords = {readonly completions: readonly string[]; readonly help: string | undefined};

export function commandWords(line: PromptLine, context: CommandContext): CommandWords {
	const {words} = completeCommand(line.text, line.cursor, context);
	const command = commandOf(commandParts(line.text).name);
	return {
		completions: words,
		help:
			'problem' in command
				? undefined
				: `:${command.names[0]}${command.argument === undefined ? '' : ` ${command.argument}`}: ${command.help}`,
	};
}
