import type {Namespaces} from '../../metrics/model/view.ts';
import type {Form} from './form.ts';
import type {SortOrder} from './sort-order.ts';

/** What kubectl is run for: logs, logs of the container that ended last, or a shell. */
export type HandOver = 'logs' | 'ended-logs' | 'shell';

/** What a key, a command or the mouse does. */
export type Action =
	| {readonly type: 'move'; readonly by: number}
	| {readonly type: 'page'; readonly by: number}
	| {readonly type: 'first'}
	| {readonly type: 'last'}
	| {readonly type: 'open'}
	| {readonly type: 'back'}
	/** Only in the tree; on other pages like `open` and `back`. */
	| {readonly type: 'expand'}
	| {readonly type: 'collapse'}
	/** Opens or closes the selected row of the tree and nothing else; undefined: the other of the two. */
	| {readonly type: 'fold'; readonly isOpen: boolean | undefined}
	/** Switches between all namespaces and that of the selected row. */
	| {readonly type: 'namespace'}
	| {readonly type: 'level'; readonly index: number}
	/** Opens the charts of the cluster above the table of nodes. */
	| {readonly type: 'cluster'}
	| {readonly type: 'next-level'; readonly by: number}
	| {readonly type: 'filter'}
	/** Opens the command line with a text. */
	| {readonly type: 'command'; readonly text: string}
	/** Shows only some namespaces, or all if undefined. */
	| {readonly type: 'narrow'; readonly namespaces: Namespaces}
	| {readonly type: 'set-filter'; readonly filter: string}
	| {readonly type: 'sort'; readonly order: SortOrder}
	| {readonly type: 'sort-by'; readonly column: string}
	| {readonly type: 'sort-next'; readonly by: number}
	| {readonly type: 'reverse'}
	| {readonly type: 'pause'}
	| {readonly type: 'step'; readonly by: number}
	| {readonly type: 'window'}
	| {readonly type: 'set-window'; readonly windowMs: number}
	| {readonly type: 'interval'; readonly by: number}
	| {readonly type: 'set-interval'; readonly intervalMs: number}
	/** Hides sparklines to leave room for numbers. */
	| {readonly type: 'wide'}
	/** Shows statistics of the window instead of sparklines. */
	| {readonly type: 'statistics'}
	/** Changes between one scale for all charts of a wall and one for each. */
	| {readonly type: 'scale'}
	/** Shows the rows as a table, a map and so on. */
	| {readonly type: 'form'; readonly form: Form}
	| {readonly type: 'next-form'; readonly by: number}
	/** What a map, or rows that fold, are grouped by: `none`, or a key as in `group-rows.ts`. */
	| {readonly type: 'group'; readonly by: string}
	| {readonly type: 'next-group'}
	/** Opens the column chooser. */
	| {readonly type: 'columns'}
	/** Switches between facts and charts of the page's object. */
	| {readonly type: 'facts'}
	/** Opens or closes the table of processes of the selected row. */
	| {readonly type: 'processes'}
	/** Opens or closes the table of problems. */
	| {readonly type: 'problems'}
	/** Shows another page of the facts. */
	| {readonly type: 'facts-page'; readonly by: number}
	/** Opens the list of contexts. */
	| {readonly type: 'contexts'}
	/** Opens a context of the kubeconfig in place of the one on the screen. */
	| {readonly type: 'context'; readonly name: string}
	/** Opens the list of events. */
	| {readonly type: 'events'}
	| {readonly type: 'mark'}
	| {readonly type: 'unmark'}
	/** Switches between a selection that follows its row and one that stays at its position. */
	| {readonly type: 'follow'}
	| {readonly type: 'copy'}
	/** Writes the table to a new CSV file; undefined: with a generated name. */
	| {readonly type: 'export'; readonly path: string | undefined}
	/** The kill key of htop; only shows a message. */
	| {readonly type: 'kill'}
	| {readonly type: 'hand-over'; readonly to: HandOver}
	| {readonly type: 'explain'}
	| {readonly type: 'help'}
	| {readonly type: 'redraw'}
	| {readonly type: 'suspend'}
	| {readonly type: 'quit'};
