import {parseDurationMs} from '../../../metrics/model/duration.ts';
import {LEVELS} from '../../../metrics/model/levels.ts';
import {nearest} from '../../../metrics/view/did-you-mean.ts';
import {formatInterval} from '../../format/numbers.ts';
import type {Action} from '../action.ts';
import {MAX_INTERVAL_MS, MIN_INTERVAL_MS} from '../interval.ts';
import {firstOrder} from '../sort-order.ts';
import {WINDOWS_MS} from '../time-cursor.ts';
import type {Command, CommandContext, CommandProblem} from './command.ts';

/** A command that does what a key does. */
const plain = (names: Command['names'], help: string, action: Action): Command => ({
	names,
	help,
	read: argument => (argument === '' ? action : {problem: `${names[0]} takes nothing behind it`}),
});

const LEVEL_NAMES: Readonly<Record<(typeof LEVELS)[number], readonly string[]>> = {
	nodes: ['node', 'no'],
	pods: ['pod', 'po'],
	containers: ['container', 'co'],
	namespaces: ['namespace'],
	tree: [],
};

const ALL = 'all';

/** The one table of commands: it drives what they do, their completion, and the help. */
export const COMMANDS: readonly Command[] = [
	...LEVELS.map((level, index) =>
		plain([level, ...LEVEL_NAMES[level]], `the table of ${level}`.replace('table of tree', 'tree'), {
			type: 'level',
			index,
		}),
	),
	plain(['cluster'], 'the whole cluster in charts', {type: 'cluster'}),
	{
		names: ['ns'],
		argument: 'a,b',
		help: 'only these namespaces; all: every one again',
		words: ({namespaces}) => [ALL, ...namespaces()],
		read: readNamespaces,
	},
	{
		names: ['sort'],
		argument: 'COLUMN',
		help: 'sort by a column; +COLUMN smallest first, -COLUMN largest first',
		words: ({sortable}) => sortable,
		read: readSort,
	},
	{
		names: ['filter'],
		argument: 'TEXT',
		help: 'only matching rows, as / does; nothing behind it: all rows',
		read(filter, {filterProblem}) {
			const problem = filterProblem(filter);
			return problem === undefined ? {type: 'set-filter', filter} : {problem};
		},
	},
	{
		names: ['window'],
		argument: '1h',
		help: 'the time that sparklines and charts cover',
		words: ({windowLimitMs}) => WINDOWS_MS.filter(ms => ms <= windowLimitMs).map(formatInterval),
		read: readWindow,
	},
	{
		names: ['interval'],
		argument: '5s',
		help: 'how often nodes are read',
		words: () => ['1s', '2s', '5s', '10s', '30s', '1m'],
		read: readInterval,
	},
	{
		names: ['export', 'csv'],
		argument: 'FILE',
		help: 'write the table as CSV, into a new file of the folder that ktop runs in',
		read: path => ({type: 'export', path: path === '' ? undefined : path}),
	},
	plain(['columns', 'setup'], 'choose columns and their order', {type: 'columns'}),
	plain(['facts'], 'facts in place of charts, and back', {type: 'facts'}),
	plain(['wide'], 'figures in place of sparklines, and back', {type: 'wide'}),
	plain(['events'], 'thresholds crossed, containers killed', {type: 'events'}),
	plain(['explain'], 'why figures are unknown, and what columns mean', {type: 'explain'}),
	plain(['pause'], 'pause, and go on', {type: 'pause'}),
	plain(['logs'], 'logs of the selected row (kubectl)', {type: 'hand-over', to: 'logs'}),
	plain(['shell'], 'a shell in the selected row (kubectl)', {type: 'hand-over', to: 'shell'}),
	plain(['help', 'h'], 'all keys and commands', {type: 'help'}),
	plain(['quit', 'q', 'q!', 'exit'], 'quit', {type: 'quit'}),
];

function readNamespaces(argument: string, {namespaces}: CommandContext): Action | CommandProblem {
	if (argument === '') {
		return {type: 'level', index: LEVELS.indexOf('namespaces')};
	}

	if (argument === ALL) {
		return {type: 'narrow', namespaces: undefined};
	}

	const known = namespaces();
	const names = argument.split(/[\s,|]+/).filter(name => name !== '');
	const unknown = names.find(name => !known.includes(name));
	if (unknown !== undefined) {
		const meant = nearest(unknown, known);
		const question = meant === undefined ? `there are ${known.join(', ')}` : `did you mean ${meant}?`;
		return {problem: `no pod is in a namespace ${unknown}: ${question}`};
	}

	return {type: 'narrow', namespaces: [...new Set(names)]};
}

function readSort(argument: string, {sortable}: CommandContext): Action | CommandProblem {
	const [, sign = '', column = ''] = /^([+-]?)(.*)$/.exec(argument) ?? [];
	if (!sortable.includes(column)) {
		const meant = nearest(column, sortable);
		const question = meant === undefined ? `one of ${sortable.join(', ')}` : `did you mean ${meant}?`;
		return {problem: column === '' ? `sort by ${question}` : `no column ${column}: ${question}`};
	}

	return {type: 'sort', order: sign === '' ? firstOrder(column) : {column, isDescending: sign === '-'}};
}

/** Less than this shows nothing move. */
const LEAST_WINDOW_MS = 30_000;

function readWindow(argument: string, {windowLimitMs}: CommandContext): Action | CommandProblem {
	const windowMs = parseDurationMs(argument);
	if (windowMs === undefined) {
		return {problem: `${argument === '' ? 'a window' : argument} is a time such as 15m, 1h or 7d`};
	}

	return windowMs < LEAST_WINDOW_MS || windowMs > windowLimitMs
		? {
				problem: `from ${formatInterval(LEAST_WINDOW_MS)} to ${formatInterval(windowLimitMs)}: --window keeps more, --history knows more`,
			}
		: {type: 'set-window', windowMs};
}

function readInterval(argument: string): Action | CommandProblem {
	const intervalMs = parseDurationMs(argument);
	return intervalMs === undefined || intervalMs < MIN_INTERVAL_MS || intervalMs > MAX_INTERVAL_MS
		? {
				problem: `an interval is a time from ${formatInterval(MIN_INTERVAL_MS)} to ${formatInterval(MAX_INTERVAL_MS)}, such as 5s`,
			}
		: {type: 'set-interval', intervalMs};
}
