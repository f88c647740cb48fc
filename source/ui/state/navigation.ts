import {nameInCluster} from '../../metrics/model/cluster-of-row.ts';
import {LEVELS} from '../../metrics/model/levels.ts';
import {objectOfRow} from '../../metrics/model/object-of-row.ts';
import type {Row} from '../../metrics/model/row.ts';
import type {Level, ListLevel, Namespaces, Scope} from '../../metrics/model/view.ts';
import {hasForm} from './form.ts';
import {groupingOf, unfold} from './grouping.ts';
import {changePage, currentPage, newPage, type Page} from './page.ts';
import type {ScreenMemory} from './screen-memory.ts';
import type {ScreenState} from './screen-state.ts';
import {selectedIndex} from './selection.ts';
import {setOpen} from './tree-rows.ts';
import type {Visible} from './visible.ts';

/** Opens the page of the selected row; opens or closes a group. */
export function open(state: ScreenState, {rows}: Visible): ScreenState {
	const index = selectedIndex(currentPage(state), rows);
	const row = rows.at(index);
	if (row === undefined) {
		return state;
	}

	if (row.kind === 'tree' && row.of.kind === 'group') {
		return setOpen(state, row.id, row.isOpen !== true);
	}

	// Keep the opened row selected for the way back, also if no key had selected it.
	const from = changePage(state, {selectedId: row.id, selectedIndex: index});
	return openRow(from, row);
}

/** Opens the page of any row over the page on the screen. */
export function openRow(state: ScreenState, row: Row): ScreenState {
	const inner = pageOf(row, state.memory, currentPage(state));
	return inner === undefined ? state : {...state, pages: [...state.pages, inner]};
}

/** The page of a row: its charts, and the table of its pods or containers; undefined for a group, which has none. */
export function pageOf(row: Row, memory: ScreenMemory, {scope}: Pick<Page, 'scope'>): Page | undefined {
	const {id, name} = row;
	const subject = (level: ListLevel, ofId: string, full: string): Page['subject'] => ({
		level,
		id: ofId,
		name: nameInCluster(row, full),
	});
	switch (row.kind) {
		case 'node':
			return newPage('containers', {nodeId: id}, subject('nodes', id, name), memory);
		case 'pod':
			return newPage(
				'containers',
				{podId: id},
				subject('pods', id, isOnly(scope.namespaces, row.namespace) ? name : `${row.namespace}/${name}`),
				memory,
			);
		case 'container': {
			// The path already names the pod if the container was opened from the page of the pod.
			const isNamed = row.pod === undefined || scope.podId !== undefined;
			const full = isNamed ? name : `${row.pod.namespace}/${row.pod.name}/${name}`;
			return newPage(undefined, {}, subject('containers', id, full), memory);
		}

		case 'namespace':
			return newPage(
				'pods',
				{cluster: row.cluster, namespaces: [name]},
				subject('namespaces', id, name),
				memory,
			);
		case 'workload': {
			const full = isOnly(scope.namespaces, row.namespace) ? name : `${row.namespace}/${name}`;
			const inner = {namespaces: [row.namespace], workloadId: id};
			return newPage('pods', inner, subject('workloads', id, full), memory);
		}

		case 'process':
			return row.container === undefined
				? newPage('containers', {nodeId: row.nodeId}, subject('nodes', row.nodeId, row.node), memory)
				: pageOf(row.container, memory, {scope});
		case 'group':
			return undefined;
		case 'tree':
		case 'problem':
			return pageOf(row.of, memory, {scope});
	}
}

/** Whether only this namespace is shown, so that names do not include it. */
function isOnly(namespaces: Namespaces, name: string): boolean {
	return namespaces?.length === 1 && namespaces[0] === name;
}

/** Esc closes the page; on the first page it clears the filter, without one it shows the plain table again, and then it goes live. */
export function back(state: ScreenState): ScreenState {
	if (state.pages.length > 1) {
		const [first, ...rest] = state.pages;
		return {...state, pages: [first, ...rest.slice(0, -1)]};
	}

	const page = currentPage(state);
	const {filter, form} = page;
	if (filter !== '') {
		return changePage(state, {filter: ''});
	}

	const grouping = groupingOf(page);
	if (grouping !== undefined) {
		return unfold(state, grouping.of);
	}

	return form === 'table' ? {...state, cursor: 'live'} : changePage(state, {form: 'table', offset: 0});
}

/** Goes to the first page, and shows the table of a level. */
export function goToLevel(state: ScreenState, level: Level | undefined): ScreenState {
	if (level === undefined) {
		return state;
	}

	const [first] = state.pages;
	if (first.level !== level) {
		const next = newPage(level, {namespaces: first.scope.namespaces}, undefined, state.memory);
		const form = hasForm(level, first.form) ? first.form : 'table';
		return {...state, pages: [{...next, tree: first.tree, form, charted: first.charted}]};
	}

	// Pressing the key of the tree again switches its roots between nodes and namespaces.
	const isSwitched = level === 'tree' && state.pages.length === 1;
	const by = first.tree.by === 'nodes' ? 'namespaces' : 'nodes';
	return {...state, pages: [isSwitched ? {...first, tree: {...first.tree, by}} : first]};
}

export function goToNextLevel(state: ScreenState, by: number): ScreenState {
	const index = LEVELS.findIndex(level => level === (state.pages[0].level ?? 'nodes'));
	return goToLevel(state, LEVELS[(index + by + LEVELS.length) % LEVELS.length]);
}

/** Opens the charts of the cluster above the table of nodes; going back leads to the table of nodes. */
export function openClusterPage(state: ScreenState): ScreenState {
	const nodes = goToLevel(state, 'nodes');
	const inner = newPage('nodes', {}, {level: 'cluster', id: 'cluster', name: 'cluster'}, state.memory);
	return {...nodes, pages: [nodes.pages[0], inner]};
}

/** Opens the table of problems over the page on the screen, goes back to it from a page opened from it, or closes it. */
export function openProblems(state: ScreenState): ScreenState {
	const [first, ...rest] = state.pages;
	const opened = rest.findIndex(({level}) => level === 'problems');
	if (opened === rest.length - 1 && opened !== -1) {
		return back(state);
	}

	const problems = newPage('problems', {namespaces: first.scope.namespaces}, undefined, state.memory);
	return {...state, pages: [first, ...(opened === -1 ? [...rest, problems] : rest.slice(0, opened + 1))]};
}

/** Opens the processes of the selected row, or closes them. */
export function openProcesses(state: ScreenState, {rows}: Visible): ScreenState {
	const page = currentPage(state);
	if (page.level === 'processes') {
		return back(state);
	}

	const {namespaces, nodeId, podId} = page.scope;
	const row = rows.at(selectedIndex(page, rows));
	const scope = {namespaces, nodeId, podId, ...(row && placeOf(row))};
	const processes = newPage('processes', scope, undefined, state.memory);
	const [first, ...rest] = state.pages;
	return {...state, pages: [first, ...rest, processes]};
}

/** What the processes of a row are within; those of a sum of pods are those of its nodes. */
function placeOf(row: Row): Scope {
	const object = objectOfRow(row);
	switch (object.kind) {
		case 'node':
			return {nodeId: object.id};
		case 'pod':
			return {nodeId: object.nodeId, podId: object.id};
		case 'container':
		case 'process':
			return {nodeId: object.nodeId};
		case 'workload':
			return {workloadId: object.id, namespaces: [object.namespace]};
		case 'namespace':
			return {cluster: object.cluster, namespaces: [object.name]};
		case 'group':
			return {};
	}
}
