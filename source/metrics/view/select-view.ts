import {namespaceKey} from '../model/namespace-key.ts';
import type {ContainerRow, NodeRow, PodRow, ProcessRow} from '../model/row.ts';
import type {StatisticsOf} from '../model/statistics.ts';
import type {Level, Query, RowsOf, Scope, TreeShape, View} from '../model/view.ts';
import {problemRows, type SearchedRows} from '../problems/problem-rows.ts';
import {groupBy} from './group-by.ts';
import {groupRoots} from './group-roots.ts';
import {selectRows} from './select-rows.ts';
import {selectTree, type TreeSource} from './select-tree.ts';

/** The table or tree that a query asks for. `rowsOf` gives the rows of each level. */
export function selectView<L extends Level>(
	query: Query<L>,
	rowsOf: RowsOf,
	nowMs: number,
	atMs: number,
	statistics?: StatisticsOf,
): View<L>;
export function selectView(
	{level, ...query}: Query,
	rowsOf: RowsOf,
	nowMs: number,
	atMs: number,
	statistics?: StatisticsOf,
): View {
	const scope = query.scope ?? {};
	if (level === 'tree') {
		const {by, open} = query.tree ?? BY_NODES;
		return selectTree({...query, level}, open, treeSource(by, scope, rowsOf, nowMs), nowMs, atMs, statistics);
	}

	if (level === 'problems') {
		return selectRows({...query, level}, problemRows(searchedRows(scope, rowsOf), atMs), nowMs, atMs);
	}

	return selectRows({...query, level}, rowsOf(level, scope), nowMs, atMs, statistics);
}

/** Nodes are in every scope but one that names a pod or a workload. */
function searchedRows(scope: Scope, rowsOf: RowsOf): SearchedRows {
	return {
		nodes: scope.podId === undefined && scope.workloadId === undefined ? rowsOf('nodes', scope) : [],
		pods: rowsOf('pods', scope),
		containers: rowsOf('containers', scope),
	};
}

/** A tree whose shape is not given. */
export const BY_NODES: TreeShape = {by: 'nodes', open: new Set()};

/**
 * The roots of a tree, and their children, which are looked up when a row is opened or filtered. `known`: roots and children
 * that are known already.
 */
export function treeSource(
	by: TreeShape['by'],
	scope: Scope,
	rowsOf: RowsOf,
	nowMs: number,
	{
		roots,
		podsByNamespace,
		containersOfPods,
		containersOfNodes = new Map(),
	}: {
		readonly roots?: TreeSource['roots'];
		readonly podsByNamespace?: PodsByNamespace;
		/** Those that were looked for are added, here and to those of nodes, which are by the ids of their pods. */
		readonly containersOfPods?: Map<PodRow, readonly ContainerRow[]>;
		readonly containersOfNodes?: Map<string, ReadonlyMap<string, readonly ContainerRow[]>>;
	} = {},
): TreeSource {
	const looked = new Set<string>();
	const containersIn = (nodeId: string): ReadonlyMap<string, readonly ContainerRow[]> => {
		const known = containersOfNodes.get(nodeId) ?? groupBy(rowsOf('containers', {...scope, nodeId}), podIdOf);
		containersOfNodes.set(nodeId, known);
		return known;
	};
	/** Of a namespace, many nodes have a pod each, of whose containers alone those in it are wanted. */
	const containersOf = (pod: PodRow): readonly ContainerRow[] => {
		const {nodeId} = pod;
		if (containersOfNodes.has(nodeId) || looked.has(nodeId)) {
			return containersIn(nodeId).get(pod.id) ?? [];
		}

		looked.add(nodeId);
		return rowsOf('containers', {...scope, nodeId}).filter(row => isInPod(row, pod.id));
	};
	const nodes = new Map<string, boolean>();
	const listsProcesses = (nodeId: string): boolean => {
		const known = nodes.get(nodeId) ?? rowsOf('nodes', {nodeId}).some(hasProcesses);
		nodes.set(nodeId, known);
		return known;
	};
	let processes: ReadonlyMap<string, readonly ProcessRow[]> | undefined;
	let byNamespace = podsByNamespace;
	return {
		roots: roots ?? (typeof by === 'string' ? rowsOf(by, scope) : groupRoots(by, scope, rowsOf, nowMs)),
		isLeaf: row => row.kind === 'process' || (row.kind === 'container' && !listsProcesses(row.nodeId)),
		within: row => {
			switch (row.kind) {
				case 'node':
					return [...rowsOf('pods', {...scope, nodeId: row.id}), ...(containersIn(row.id).get('') ?? [])];
				case 'group':
					return row.members;
				case 'namespace':
					byNamespace ??= groupBy(rowsOf('pods', scope), namespaceKeyOf);
					return byNamespace.get(namespaceKey(row.name, row.cluster)) ?? [];
				case 'pod': {
					const known = containersOfPods?.get(row) ?? containersOf(row);
					containersOfPods?.set(row, known);
					return known;
				}

				case 'container':
					processes ??= groupBy(rowsOf('processes', scope), ({container}) => container?.id ?? '');
					return processes.get(row.id) ?? [];
				default:
					return [];
			}
		},
	};
}

/** By the keys of namespaces. */
export type PodsByNamespace = ReadonlyMap<string, readonly PodRow[]>;

export const namespaceKeyOf = ({namespace, cluster}: PodRow): string => namespaceKey(namespace, cluster);

/** Kubelets list no processes. */
export function hasProcesses({state}: NodeRow): boolean {
	return state.kind === 'live' && (state.route.kind === 'local' || state.route.kind === 'cadvisor');
}

/** Without making the id of its pod. */
export function isInPod({id, name, pod}: ContainerRow, podId: string): boolean {
	return pod !== undefined && id.length === podId.length + 1 + name.length && id.startsWith(podId);
}

/** The id of a container's pod; empty for a container in no pod. */
export function podIdOf(row: ContainerRow): string {
	return row.pod === undefined ? '' : row.id.slice(0, -row.name.length - 1);
}
