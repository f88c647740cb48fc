import type {Level} from '../../metrics/model/view.ts';
import type {Action} from './action.ts';

export type Binding = {
	/** The names of keys that `use-keys.ts` produces. */
	readonly keys: readonly string[];
	readonly action: Action;
	/** What it does instead where rows fold. */
	readonly inTree?: Action;
	/** The text of the help; bindings with the same label share a line. */
	readonly label: string;
};

/** All keys with their actions; the help is made from this table. */
export const KEYMAP: readonly Binding[] = [
	{keys: ['up', 'k'], action: {type: 'move', by: -1}, label: 'move up and down'},
	{keys: ['down', 'j'], action: {type: 'move', by: 1}, label: 'move up and down'},
	{keys: ['pageup', 'ctrl-b'], action: {type: 'page', by: -1}, label: 'page up and down'},
	{keys: ['pagedown', 'ctrl-f'], action: {type: 'page', by: 1}, label: 'page up and down'},
	{keys: ['home', 'g'], action: {type: 'first'}, label: 'first and last row'},
	{keys: ['end', 'G'], action: {type: 'last'}, label: 'first and last row'},
	{
		keys: ['enter'],
		action: {type: 'open'},
		label: 'open a row, go back; expand, collapse the tree; step on charts',
	},
	{
		keys: ['esc'],
		action: {type: 'back'},
		label: 'open a row, go back; expand, collapse the tree; step on charts',
	},
	{
		keys: ['right'],
		action: {type: 'expand'},
		label: 'open a row, go back; expand, collapse the tree; step on charts',
	},
	{
		keys: ['left', 'h'],
		action: {type: 'collapse'},
		label: 'open a row, go back; expand, collapse the tree; step on charts',
	},
	{keys: ['0'], action: {type: 'cluster'}, label: 'charts of the cluster'},
	{
		keys: ['1'],
		action: {type: 'level', index: 0},
		label: 'nodes, pods, containers, namespaces, tree, workloads',
	},
	{
		keys: ['2'],
		action: {type: 'level', index: 1},
		label: 'nodes, pods, containers, namespaces, tree, workloads',
	},
	{
		keys: ['3'],
		action: {type: 'level', index: 2},
		label: 'nodes, pods, containers, namespaces, tree, workloads',
	},
	{
		keys: ['4'],
		action: {type: 'level', index: 3},
		label: 'nodes, pods, containers, namespaces, tree, workloads',
	},
	{
		keys: ['5', 'T', 'f5'],
		action: {type: 'level', index: 4},
		label: 'nodes, pods, containers, namespaces, tree, workloads',
	},
	{
		keys: ['6', 'W'],
		action: {type: 'level', index: 5},
		label: 'nodes, pods, containers, namespaces, tree, workloads',
	},
	{keys: ['N'], action: {type: 'namespace'}, label: 'only the selected namespace; again for all'},
	{keys: ['tab'], action: {type: 'next-level', by: 1}, label: 'next and previous table'},
	{keys: ['shift-tab'], action: {type: 'next-level', by: -1}, label: 'next and previous table'},
	{
		keys: ['/', 'f3', 'f4'],
		action: {type: 'filter'},
		label: 'filter: word !word a|b ^regexp status:Run label:a=b',
	},
	{
		keys: [':'],
		action: {type: 'command', text: ''},
		label: 'a command, such as :ns a,b or :sort memory (list below)',
	},
	{keys: ['c', 'P'], action: {type: 'sort-by', column: 'cpu'}, label: 'sort by CPU, memory, network'},
	{keys: ['m', 'M'], action: {type: 'sort-by', column: 'memory'}, label: 'sort by CPU, memory, network'},
	{keys: ['n'], action: {type: 'sort-by', column: 'net-received'}, label: 'sort by CPU, memory, network'},
	{keys: ['f6'], action: {type: 'command', text: 'sort '}, label: 'sort by any column'},
	{
		keys: ['<', ','],
		action: {type: 'sort-next', by: -1},
		label: 'sort by the previous, next column; reverse',
	},
	{keys: ['>', '.'], action: {type: 'sort-next', by: 1}, label: 'sort by the previous, next column; reverse'},
	{keys: ['r', 'I'], action: {type: 'reverse'}, label: 'sort by the previous, next column; reverse'},
	{keys: ['space'], action: {type: 'pause'}, label: 'pause and resume; samples keep arriving'},
	{keys: ['['], action: {type: 'step', by: -1}, label: 'step back and forward in time'},
	{keys: [']'], action: {type: 'step', by: 1}, label: 'step back and forward in time'},
	{keys: ['t'], action: {type: 'window'}, label: 'window of sparklines and charts'},
	{
		keys: ['+'],
		action: {type: 'interval', by: 1},
		inTree: {type: 'fold', isOpen: true},
		label: 'longer and shorter interval; in the tree and in groups, expand and collapse',
	},
	{
		keys: ['-'],
		action: {type: 'interval', by: -1},
		inTree: {type: 'fold', isOpen: false},
		label: 'longer and shorter interval; in the tree and in groups, expand and collapse',
	},
	{keys: ['=', 'f8'], action: {type: 'interval', by: 1}, label: 'longer and shorter interval everywhere'},
	{keys: ['_', 'f7'], action: {type: 'interval', by: -1}, label: 'longer and shorter interval everywhere'},
	{keys: ['w'], action: {type: 'wide'}, label: 'numbers instead of sparklines, headings in full words'},
	{
		keys: ['u'],
		action: {type: 'statistics'},
		label: 'CPU and memory over the window: p95, min, mean, max, beside requests',
	},
	{
		keys: ['v'],
		action: {type: 'next-form', by: 1},
		label: 'table, map of cells, wall of charts, eight lines in one chart; back',
	},
	{
		keys: ['V'],
		action: {type: 'next-form', by: -1},
		label: 'table, map of cells, wall of charts, eight lines in one chart; back',
	},
	{keys: ['z'], action: {type: 'scale'}, label: 'wall of charts: all to one scale, or each to its own'},
	{
		keys: ['b'],
		action: {type: 'next-group'},
		label: 'group nodes, pods, or the map by zone, pool, namespace …',
	},
	{keys: ['o', 'f2'], action: {type: 'columns'}, label: 'choose columns and their order'},
	{
		keys: ['d'],
		action: {type: 'facts'},
		label: 'facts instead of charts: limits, volumes, conditions, events',
	},
	{
		keys: ['!'],
		action: {type: 'problems'},
		label: 'problems: not ready, crash loops, OOM kills, nearly full, over limit',
	},
	{
		keys: ['a'],
		action: {type: 'processes'},
		label: 'processes of the selected row: of this machine and of cAdvisor',
	},
	{keys: ['C'], action: {type: 'contexts'}, label: 'contexts of the kubeconfig: show another cluster'},
	{keys: ['J'], action: {type: 'facts-page', by: 1}, label: 'next and previous page of facts'},
	{keys: ['K'], action: {type: 'facts-page', by: -1}, label: 'next and previous page of facts'},
	{
		keys: ['E'],
		action: {type: 'events'},
		label: 'events: thresholds crossed, containers killed; Enter opens what one is about',
	},
	{keys: ['x'], action: {type: 'mark'}, label: 'mark a row to keep it at the top; unmark all'},
	{keys: ['X', 'U'], action: {type: 'unmark'}, label: 'mark a row to keep it at the top; unmark all'},
	{keys: ['f', 'F'], action: {type: 'follow'}, label: 'selection follows its row, or stays at its position'},
	{
		keys: ['l'],
		action: {type: 'hand-over', to: 'logs'},
		label: 'logs, logs of what ended, shell (kubectl); copy the name',
	},
	{
		keys: ['p'],
		action: {type: 'hand-over', to: 'ended-logs'},
		label: 'logs, logs of what ended, shell (kubectl); copy the name',
	},
	{
		keys: ['s'],
		action: {type: 'hand-over', to: 'shell'},
		label: 'logs, logs of what ended, shell (kubectl); copy the name',
	},
	{keys: ['y'], action: {type: 'copy'}, label: 'logs, logs of what ended, shell (kubectl); copy the name'},
	{keys: ['S'], action: {type: 'export', path: undefined}, label: 'write the table to a CSV file'},
	{keys: ['e'], action: {type: 'explain'}, label: 'explain unknown values and columns'},
	{keys: ['?', 'f1'], action: {type: 'help'}, label: 'this help'},
	{keys: ['ctrl-l'], action: {type: 'redraw'}, label: 'redraw; suspend (fg resumes)'},
	{keys: ['ctrl-z'], action: {type: 'suspend'}, label: 'redraw; suspend (fg resumes)'},
	{keys: ['f9'], action: {type: 'kill'}, label: 'kill is not available: ktop only reads'},
	{keys: ['q', 'f10', 'ctrl-c'], action: {type: 'quit'}, label: 'quit'},
];

const BINDINGS: ReadonlyMap<string, Binding> = new Map(
	KEYMAP.flatMap(binding => binding.keys.map(key => [key, binding] as const)),
);

/** The action of a key on a table, or in a list. */
export function actionOf(key: string, level?: Level): Action | undefined {
	const binding = BINDINGS.get(key);
	return level === 'tree' ? (binding?.inTree ?? binding?.action) : binding?.action;
}

/** The lines of the help: the keys of each label, and the label. */
export function helpLines(): ReadonlyArray<readonly [string, string]> {
	const lines = new Map<string, string[]>();
	for (const {keys, label} of KEYMAP) {
		lines.set(label, [...(lines.get(label) ?? []), ...keys]);
	}

	return [...lines].map(([label, keys]) => [keys.join(' '), label] as const);
}
