import type {Problem} from '../model/problem.ts';
import type {ContainerRow, NodeRow, PodRow, ProblemRow} from '../model/row.ts';
import {containerProblems} from './container-problems.ts';
import {isUnread, nodeProblems} from './node-problems.ts';
import {podFigures, podProblems} from './pod-problems.ts';

/** The rows to look for problems in. */
export type SearchedRows = {
	readonly nodes: readonly NodeRow[];
	readonly pods: readonly PodRow[];
	readonly containers: readonly ContainerRow[];
};

/** The problems at one time. Pods and containers of a node that cannot be read have no current figures. */
export function problemRows({nodes, pods, containers}: SearchedRows, atMs: number): readonly ProblemRow[] {
	const unread = new Set(nodes.filter(isUnread).map(({id}) => id));
	const isRead = ({nodeId}: PodRow | ContainerRow): boolean => !unread.has(nodeId);
	const rows: ProblemRow[] = [];
	addLasting(rows, {nodes, pods, containers}, isRead);
	addStates(rows, pods, atMs);
	return rows;
}

/** Those of a node, if any, and of what is on it, that do not depend on the time. */
export function lastingProblems(
	node: NodeRow | undefined,
	{pods, containers}: Omit<SearchedRows, 'nodes'>,
): readonly ProblemRow[] {
	const isRead = node === undefined || !isUnread(node);
	const rows: ProblemRow[] = [];
	addLasting(rows, {nodes: node === undefined ? [] : [node], pods, containers}, () => isRead);
	return rows;
}

/** Those of pods that the API server tells of, which may begin and end with time. */
export function problemsOfState(pods: readonly PodRow[], atMs: number): readonly ProblemRow[] {
	const rows: ProblemRow[] = [];
	addStates(rows, pods, atMs);
	return rows;
}

function addStates(rows: ProblemRow[], pods: readonly PodRow[], atMs: number): void {
	for (const row of pods) {
		add(rows, row, podProblems(row, atMs));
	}
}

function addLasting(
	rows: ProblemRow[],
	{nodes, pods, containers}: SearchedRows,
	isRead: (row: PodRow | ContainerRow) => boolean,
): void {
	for (const row of nodes) {
		add(rows, row, nodeProblems(row));
	}

	for (const row of pods) {
		if (isRead(row)) {
			add(rows, row, podFigures(row));
		}
	}

	for (const row of containers) {
		if (isRead(row)) {
			add(rows, row, containerProblems(row));
		}
	}
}

function add(rows: ProblemRow[], of: ProblemRow['of'], problems: readonly Problem[]): void {
	if (problems.length === 0) {
		return;
	}

	const namespace = namespaceOf(of);
	const pod = of.kind === 'container' ? of.pod?.name : undefined;
	for (let index = 0; index < problems.length; index++) {
		const problem = problems[index];
		if (problem === undefined) {
			continue;
		}

		const {level, reason, message, container, sinceMs} = problem;
		// Two file systems of a node can be full.
		const isSecond = index > 0 && problems.findIndex(other => other.reason === reason) !== index;
		const id = `${of.id}#${container ?? ''}#${reason}${isSecond ? `#${index}` : ''}`;
		// Field by field: a spread takes ten times as long, and there may be tens of thousands.
		rows.push({
			kind: 'problem',
			id,
			name: nameOf(of, problem),
			namespace,
			pod,
			level,
			reason,
			message,
			container,
			sinceMs,
			of,
		});
	}
}

function namespaceOf(row: ProblemRow['of']): string | undefined {
	switch (row.kind) {
		case 'node':
			return undefined;
		case 'pod':
			return row.namespace;
		case 'container':
			return row.pod?.namespace;
	}
}

function nameOf(row: ProblemRow['of'], {container}: Problem): string {
	switch (row.kind) {
		case 'node':
			return row.name;
		case 'pod': {
			const pod = `${row.namespace}/${row.name}`;
			return container === undefined || row.info?.containers.length === 1 ? pod : `${pod}/${container}`;
		}

		case 'container':
			return row.pod === undefined
				? `${row.node}/${row.name}`
				: `${row.pod.namespace}/${row.pod.name}/${row.name}`;
	}
}
