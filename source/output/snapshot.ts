import type {ClusterState} from '../metrics/model/cluster-state.ts';
import {failureOf} from '../metrics/model/node-state.ts';
import type {NodeRow} from '../metrics/model/row.ts';
import type {PrintedLevel, Query, RowOf, Source, View} from '../metrics/model/view.ts';
import {groupsOfView} from '../metrics/view/group-roots.ts';
import {FieldList} from './field-list.ts';
import {type Fields, knownFields} from './fields.ts';
import {printedOrder} from './printed-order.ts';
import {
	clusterFields,
	containerFields,
	groupFields,
	namespaceFields,
	nodeFields,
	podFields,
	problemFields,
	processFields,
	workloadFields,
} from './row-fields.ts';
import {statisticFields} from './statistic-fields.ts';

/** Unknown fields are absent, never null or 0. snapshot.schema.json documents every field and its unit. */
export type Snapshot = {
	readonly apiVersion: 'ktop/v1';
	readonly kind: 'Snapshot';
	readonly time: string;
	readonly source: string;
	readonly context?: string;
	readonly kubernetesVersion?: string;
	readonly demo: boolean;
	/** Only where several clusters are read, of which `cluster` is the sum. */
	readonly clusters?: readonly Fields[];
	readonly cluster: Fields;
	readonly nodes: FieldList;
	readonly pods: FieldList;
	readonly containers: FieldList;
	readonly namespaces: FieldList;
	readonly workloads: FieldList;
	/** Only where `ktop processes` asked for them. */
	readonly processes?: FieldList;
	/** Only where `--group` asked for them. */
	readonly groups?: readonly Fields[];
	/** Current problems, critical first. */
	readonly problems: FieldList;
	readonly errors: readonly Fields[];
	/** Warnings about missing or outdated data, because of missing permissions or failed requests. */
	readonly notices: readonly string[];
};

export type SnapshotOptions = {
	readonly nowMs: number;
	readonly sourceLabel: string;
	readonly context: string | undefined;
	readonly kubernetesVersion: string | undefined;
	readonly notices: readonly string[];
	readonly isDemo: boolean;
	/** Those that are read, where they are several. */
	readonly clusters?: readonly ClusterState[] | undefined;
	/** A node with an older sample is stale: it is listed, but not summed. */
	readonly staleAfterMs: number;
	/** Filter and sort order apply to this level only; the scope applies to all levels. */
	readonly level: PrintedLevel;
	readonly query: Omit<Query, 'level'>;
	/** What nodes or pods are grouped by, if they are. */
	readonly group?: string | undefined;
};

/**
 * All rows at one moment, in the order of `printedOrder`; for `level`, sorted by `query`. The rows are those of now, their
 * fields are made when they are read.
 */
export function takeSnapshot(source: Source, options: SnapshotOptions): Snapshot {
	const {nowMs} = options;
	const {scope, windowMs} = options.query;
	const view = <L extends PrintedLevel>(level: L) => {
		const sort = printedOrder(level);
		return source.view(
			level === options.level ? {sort, ...options.query, level} : {sort, scope, windowMs, level},
			'live',
			nowMs,
		);
	};
	const fields = <L extends PrintedLevel>(level: L, fieldsOf: (row: RowOf[L]) => Fields): FieldList => {
		const {rows, columns} = view(level);
		return FieldList.of(
			rows,
			windowMs === undefined
				? fieldsOf
				: row => knownFields(fieldsOf(row), statisticFields(columns, row, windowMs, nowMs)),
		);
	};

	return {
		apiVersion: 'ktop/v1',
		kind: 'Snapshot',
		time: new Date(nowMs).toISOString(),
		source: options.sourceLabel,
		...(options.context === undefined ? {} : {context: options.context}),
		...(options.kubernetesVersion === undefined ? {} : {kubernetesVersion: options.kubernetesVersion}),
		demo: options.isDemo,
		...(options.clusters === undefined ? {} : {clusters: options.clusters.map(clusterStateFields)}),
		cluster: clusterFields(source.cluster('live', nowMs)),
		nodes: fields('nodes', row => nodeFields(row, options)),
		pods: fields('pods', row => podFields(row, nowMs)),
		containers: fields('containers', row => containerFields(row, nowMs)),
		namespaces: fields('namespaces', namespaceFields),
		workloads: fields('workloads', workloadFields),
		...(options.level === 'processes'
			? {processes: FieldList.of(view('processes').rows, processFields)}
			: {}),
		...(options.group === undefined ? {} : {groups: groupFieldsOf(source, options, options.group)}),
		problems: FieldList.of(view('problems').rows, problemFields),
		errors: view('nodes').rows.slice().flatMap(errorsOf),
		notices: options.notices,
	};
}

/** The groups of the rows of the level, in its order. */
function groupFieldsOf(source: Source, options: SnapshotOptions, key: string): readonly Fields[] {
	const rows = groupedView(source, options, key)?.rows.slice() ?? [];
	return rows.flatMap(({of}) => (of.kind === 'group' ? [groupFields(of, options.level, key)] : []));
}

/** The nodes or pods that pass the filter in groups; undefined for rows of another level, which are in none. */
export function groupedView(
	source: Source,
	{level, query, nowMs}: Pick<SnapshotOptions, 'level' | 'query' | 'nowMs'>,
	key: string,
): View<'tree'> | undefined {
	const sort = query.sort ?? printedOrder(level);
	return level === 'nodes' || level === 'pods'
		? groupsOfView(source.view({...query, level}, 'live', nowMs), key, sort, nowMs)
		: undefined;
}

function clusterStateFields({name, context, kubernetesVersion, state, reasons}: ClusterState): Fields {
	return knownFields({name, context, kubernetesVersion, state, ...(reasons.length === 0 ? {} : {reasons})});
}

/** Why a node was not read, or why a better route was not used. */
function errorsOf({cluster, name, state, info}: NodeRow): readonly Fields[] {
	const failure = failureOf(state);
	return failure === undefined || info?.isVirtual
		? []
		: [
				knownFields({
					cluster,
					node: name,
					code: failure.code,
					message: failure.message,
					hint: failure.hint,
				}),
			];
}
