import type {Action} from '../action.ts';
import type {Visible} from '../visible.ts';

/** The data on the screen that commands use. */
export type CommandContext = Pick<
	Visible,
	| 'sortable'
	| 'namespaces'
	| 'contexts'
	| 'groupKeys'
	| 'groupLabels'
	| 'vocabulary'
	| 'windowLimitMs'
	| 'filterProblem'
>;

/** The error of a command. */
export type CommandProblem = {readonly problem: string};

/** A command of the command line (`:`). */
export type Command = {
	/** The first is shown; the others are aliases, as in kubectl and vi. */
	readonly names: readonly [string, ...string[]];
	/** The argument in the help; absent if the command has none. */
	readonly argument?: string;
	readonly help: string;
	/** The candidates for the argument, for completion. */
	readonly words?: (context: CommandContext) => readonly string[];
	readonly read: (argument: string, context: CommandContext) => Action | CommandProblem;
};
