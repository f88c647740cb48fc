import type {ClusterContext} from '../../../source/metrics/model/cluster-context.ts';
import type {Row} from '../../../source/metrics/model/row.ts';
import type {RowList} from '../../../source/metrics/model/row-list.ts';
import type {Action} from '../../../source/ui/state/action.ts';
import {currentPage} from '../../../source/ui/state/page.ts';
import {act} from '../../../source/ui/state/reduce.ts';
import {NO_MEMORY} from '../../../source/ui/state/screen-memory.ts';
import {initialState, type ScreenState} from '../../../source/ui/state/screen-state.ts';
import {selectedIndex} from '../../../source/ui/state/selection.ts';
import type {Visible} from '../../../source/ui/state/visible.ts';
import {nodeRow} from '../../metrics/rows.ts';

/** The initial state with the table of a level. */
export function startingAt(level: Parameters<typeof initialState>[0], filter?: string): ScreenState {
	return initialState(level, {sort: undefined, filter, namespaces: undefined, memory: NO_MEMORY});
}

export const START = startingAt('nodes');

export const contextNamed = (name: string): ClusterContext => ({
	name,
	cluster: name,
	host: `${name}.example`,
	namespace: 'default',
	user: undefined,
	problem: undefined,
});

/** The data on the screen with these rows: three lines and a minute of samples. */
export const showing = (rows: RowList<Row>, known: Partial<Visible> = {}): Visible => ({
	rows,
	sortable: ['name', 'cpu', 'memory', 'state'],
	shownColumns: () => ['name', 'cpu', 'memory', 'state'],
	height: 3,
	nowMs: 100_000,
	span: {oldestMs: 50_000, newestMs: 99_000},
	stepMs: 10_000,
	windowLimitMs: 900_000,
	choosable: {
		all: ['name', 'cpu', 'memory', 'state', 'psi-cpu'],
		defaults: ['name', 'cpu', 'memory', 'state'],
	},
	namespaces: () => ['kube-system', 'shop', 'web'],
	contexts: () => ['dev', 'prod'].map(contextNamed),
	context: 'prod',
	filterProblem: filter => (filter.startsWith('(') ? 'there is no ) for a (' : undefined),
	vocabulary: {
		columns: [
			{id: 'name', isNumber: false},
			{id: 'state', isNumber: false},
			{id: 'cpu', isNumber: true},
		],
		valuesOf: () => ['Running', 'Pending'],
		labels: () => [],
	},
	filterAdvice: {kind: 'ok'},
	events: () => [],
	overlayRest: 0,
	factsPages: 1,
	grid: undefined,
	groupedBy: undefined,
	groupKeys: () => ['zone', 'pool'],
	groupLabels: () => ['app'],
	...known,
});

export const nodes = (...names: readonly string[]): Visible => showing(names.map(name => nodeRow(name)));

/** Five nodes, three of them on the screen. */
export const FIVE = nodes('a', 'b', 'c', 'd', 'e');

export const NOTHING = showing([]);

export function stateAfter(
	actions: readonly Action[],
	visible: Visible = FIVE,
	state: ScreenState = START,
): ScreenState {
	return actions.reduce((before, action) => act(before, action, visible), state);
}

/** The state after an action is repeated. */
export function repeated(action: Action, count: number): ScreenState {
	return stateAfter(Array.from({length: count}, () => action));
}

export const selected = (state: ScreenState, {rows}: Visible = FIVE): number =>
	selectedIndex(currentPage(state), rows);

export const DOWN: Action = {type: 'move', by: 1};
