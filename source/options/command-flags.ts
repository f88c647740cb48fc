import type {CommandName} from './command-words.ts';
import type {Flag} from './flag.ts';
import {OPTION_ROWS} from './option-table.ts';
import {GROUPS_OF} from './options.ts';

/** The group of each flag that sets an option. */
const GROUP_OF: ReadonlyMap<string, string> = new Map(
	Object.entries(OPTION_ROWS).flatMap(([group, rows]) =>
		Object.values(rows).map(({name}): [string, string] => [name, group]),
	),
);

/** Whether a flag has an effect on a command; `--log`, for one, has on all. */
export function takes(command: CommandName, {name, commands}: Flag): boolean {
	const group = GROUP_OF.get(name);
	const takesGroup =
		group === undefined || group === 'diagnostics' || GROUPS_OF[command].some(known => known === group);
	return takesGroup && (commands === undefined || commands.includes(command));
}
