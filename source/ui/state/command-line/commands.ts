import {currentId} from '../../../metrics/columns/former-ids.ts';
import {parseDurationMs} from '../../../metrics/model/duration.ts';
import {LEVELS} from '../../../metrics/model/levels.ts';
import {nearest} from '../../../metrics/view/did-you-mean.ts';
import {LABEL} from '../../../metrics/view/group-rows.ts';
import {formatInterval} from '../../format/numbers.ts';
import type {Action} from '../action.ts';
import {MAX_INTERVAL_MS, MIN_INTERVAL_MS} from '../interval.ts';
import {firstOrder} from '../sort-order.ts';
import {WINDOWS_MS} from '../time-cursor.ts';
import type {Command, CommandContext, CommandProblem} from './command.ts';

/** A command without an argument. */
const simple = (names: Command['names'], help: string, action: Action): Command => ({
	names,
	help,
	read: argument => (argument === '' ? action : {problem: `${names[0]} takes no argument`}),
});

const LEVEL_NAMES: Readonly<Record<(typeof LEVELS)[number], readonly string[]>> = {
	nodes: ['node', 'no'],
	pods: ['pod', 'po'],
	containers: ['container', 'co'],
	namespaces: ['namespace'],
	tree: [],
	workloads: ['workload', 'wl'],
};

const ALL = 'all';

const NOT_GROUPED = 'none';

/** All commands; completion and the help are made from this table. */
export const COMMANDS: readonly Command[] = [
	...LEVELS.map((level, index) =>
		simple([level, ...LEVEL_NAMES[level]], level === 'tree' ? 'the tree' : `the table of ${level}`, {
			type: 'level',
			index,
		}),
	),
	simple(['cluster'], 'the charts of the cluster', {type: 'cluster'}),
	simple(['processes', 'ps'], 'processes of this machine, or of one with cAdvisor', {type: 'processes'}),
	simple(['problems'], 'what is wrong now: not ready, crash loops, nearly full', {type: 'problems'}),
	simple(['table'], 'the rows as a table', {type: 'form', form: 'table'}),
	simple(['map'], 'the rows as a map: one cell a row', {type: 'form', form: 'map'}),
	simple(['wall'], 'the rows as a wall: a small chart for each', {type: 'form', form: 'wall'}),
	simple(['comparison', 'compare'], 'the first eight rows as lines of one chart', {
		type: 'form',
		form: 'comparison',
	}),
	{
		names: ['group'],
		argument: 'COLUMN|label:NAME',
		help: 'group nodes, pods or the map by a text or a label; none: do not',
		words: ({groupKeys, groupLabels}) => [
			NOT_GROUPED,
			...groupKeys(),
			...groupLabels().map(name => `${LABEL}${name}`),
		],
		read: readGroup,
	},
	{
		names: ['ns'],
		argument: 'a,b',
		help: 'show only these namespaces; all: show all',
		words: ({namespaces}) => [ALL, ...namespaces()],
		read: readNamespaces,
	},
	{
		names: ['ctx', 'context', 'contexts'],
		argument: 'a,b',
		help: 'show another context of the kubeconfig, or several; without a name list them',
		words: ({contexts}) => contexts().map(({name}) => name),
		read: readContext,
	},
	{
		names: ['sort'],
		argument: 'COLUMN',
		help: 'sort by a column; +COLUMN ascending, -COLUMN descending',
		words: ({sortable}) => sortable,
		read: readSort,
	},
	{
		names: ['filter'],
		argument: 'TEXT',
		help: 'show only matching rows, like /; without TEXT all rows',
		read(filter, {filterProblem}) {
			const problem = filterProblem(filter);
			return problem === undefined ? {type: 'set-filter', filter} : {problem};
		},
	},
	{
		names: ['window'],
		argument: '1h',
		help: 'set the window of sparklines and charts',
		words: ({windowLimitMs}) => WINDOWS_MS.filter(ms => ms <= windowLimitMs).map(formatInterval),
		read: readWindow,
	},
	{
		names: ['interval'],
		argument: '5s',
		help: 'set how often nodes are scraped',
		words: () => ['1s', '2s', '5s', '10s', '30s', '1m'],
		read: readInterval,
	},
	{
		names: ['export', 'csv'],
		argument: 'FILE',
		help: 'write the table to a new CSV file in the current folder',
		read: path => ({type: 'export', path: path === '' ? undefined : path}),
	},
	simple(['columns', 'setup'], 'choose columns and their order', {type: 'columns'}),
	simple(['facts'], 'switch between facts and charts', {type: 'facts'}),
	simple(['wide'], 'switch between numbers and sparklines', {type: 'wide'}),
	simple(['statistics', 'stats'], 'CPU and memory over the window: p95, min, mean, max, beside requests', {
		type: 'statistics',
	}),
	simple(['events'], 'thresholds crossed, containers killed', {type: 'events'}),
	simple(['explain'], 'why values are unknown, and what columns mean', {type: 'explain'}),
	simple(['pause'], 'pause or resume', {type: 'pause'}),
	simple(['logs'], 'logs of the selected row (kubectl)', {type: 'hand-over', to: 'logs'}),
	simple(['previous'], 'logs of the container that ended last (kubectl)', {
		type: 'hand-over',
		to: 'ended-logs',
	}),
	simple(['shell'], 'a shell in the selected row (kubectl)', {type: 'hand-over', to: 'shell'}),
	simple(['help', 'h'], 'all keys and commands', {type: 'help'}),
	simple(['quit', 'q', 'q!', 'exit'], 'quit', {type: 'quit'}),
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
		return {problem: `no pods in namespace ${unknown}: ${suggestion(unknown, known)}`};
	}

	return {type: 'narrow', namespaces: [...new Set(names)]};
}

/** Before the kubeconfig is read, any name may be one. */
function readContext(name: string, {contexts}: CommandContext): Action | CommandProblem {
	if (name === '') {
		return {type: 'contexts'};
	}

	const known = contexts().map(context => context.name);
	if (known.length === 0 || known.includes(name)) {
		return {type: 'context', name};
	}

	const names = [...new Set(name.split(/[\s,]+/).filter(one => one !== ''))];
	const unknown = names.find(one => !known.includes(one));
	return unknown === undefined
		? {type: 'context', name: names.join(',')}
		: {problem: `no context ${unknown}: ${suggestion(unknown, known)}`};
}

/** The name that was probably meant, or all there are. */
function suggestion(name: string, known: readonly string[]): string {
	const meant = nearest(name, known);
	return meant === undefined ? `use one of ${known.join(', ')}` : `did you mean ${meant}?`;
}

function readGroup(key: string, {groupKeys}: CommandContext): Action | CommandProblem {
	const known = [NOT_GROUPED, ...groupKeys()];
	return known.includes(key) || (key.startsWith(LABEL) && key !== LABEL)
		? {type: 'group', by: key}
		: {
				problem: `${key === '' ? 'group needs a column' : `no values of ${key}`}: ${suggestion(key, known)} or ${LABEL}NAME`,
			};
}

function readSort(argument: string, {sortable}: CommandContext): Action | CommandProblem {
	const [, sign = '', name = ''] = /^([+-]?)(.*)$/.exec(argument) ?? [];
	const column = currentId(name);
	if (!sortable.includes(column)) {
		const problem = column === '' ? 'sort needs a column' : `no column ${column}`;
		return {problem: `${problem}: ${suggestion(column, sortable)}`};
	}

	return {type: 'sort', order: sign === '' ? firstOrder(column) : {column, isDescending: sign === '-'}};
}

/** The shortest window; a shorter one has too few samples. */
const MIN_WINDOW_MS = 30_000;

function readWindow(argument: string, {windowLimitMs}: CommandContext): Action | CommandProblem {
	const windowMs = parseDurationMs(argument);
	if (windowMs === undefined) {
		return {
			problem:
				argument === ''
					? 'window needs a duration such as 15m, 1h or 7d'
					: `invalid window ${argument}: use a duration such as 15m, 1h or 7d`,
		};
	}

	return windowMs < MIN_WINDOW_MS || windowMs > windowLimitMs
		? {
				problem: `the window must be ${formatInterval(MIN_WINDOW_MS)} to ${formatInterval(windowLimitMs)}; for more use --window or --history`,
			}
		: {type: 'set-window', windowMs};
}

function readInterval(argument: string): Action | CommandProblem {
	const intervalMs = parseDurationMs(argument);
	return intervalMs === undefined || intervalMs < MIN_INTERVAL_MS || intervalMs > MAX_INTERVAL_MS
		? {
				problem: `the interval must be a duration of ${formatInterval(MIN_INTERVAL_MS)} to ${formatInterval(MAX_INTERVAL_MS)}, such as 5s`,
			}
		: {type: 'set-interval', intervalMs};
}
