import type {Action} from '../action.ts';
import type {Visible} from '../visible.ts';

/** What commands need to know of the screen. */
export type CommandContext = Pick<
	Visible,
	'sortable' | 'namespaces' | 'vocabulary' | 'windowLimitMs' | 'filterProblem'
>;

/** What is wrong with what was typed. */
export type CommandProblem = {readonly problem: string};

/** What can be typed behind `:`. */
export type Command = {
	/** The first is the one that is shown; the others are short for it, as kubectl and vi have them. */
	readonly names: readonly [string, ...string[]];
	/** What stands behind the name, for the help; absent where nothing does. */
	readonly argument?: string;
	readonly help: string;
	/** What the argument may be, for completion. */
	readonly words?: (context: CommandContext) => readonly string[];
	readonly read: (argument: string, context: CommandContext) => Action | CommandProblem;
};
