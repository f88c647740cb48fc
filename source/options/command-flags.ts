import type {Flag} from './flag.ts';
import {OPTION_ROWS} from './option-table.ts';
import {type CommandName, GROUPS_OF} from './options.ts';

/** The group of each flag that sets an option. */
const GROUP_OF: ReadonlyMap<string, string> = new Map(
	Object.entries(OPTION_ROWS).flatMap(([group, rows]) =>
		Object.values(rows).map(({name}): [string, string] => [name, group]),
	),
);

/** The commands that are named; `run` is not. */
export const COMMANDS = ['doctor', 'rbac', 'record', 'replay'] as const satisfies readonly CommandName[];

/** The command that the first word of a command line names. */
export function commandOf(word: string): CommandName {
	return COMMANDS.find(known => known === word) ?? 'run';
}

/** Whether a flag has an effect on a command; `--log`, for one, has on all. */
export function takes(command: CommandName, {name, commands}: Flag): boolean {
	const group = GROUP_OF.get(name);
	const takesGroup =
		group === undefined || group === 'diagnostics' || GROUPS_OF[command].some(known => known === group);
	return takesGroup && (commands === undefined || commands.includes(command));
}
