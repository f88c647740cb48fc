import type {Problem} from '../model/problem.ts';
import type {ContainerRow, NodeRow, PodRow, ProblemRow} from '../model/row.ts';
import {containerProblems} from './container-problems.ts';
import {isUnread, nodeProblems} from './node-problems.ts';
import {podFigures, podProblems} from './pod-problems.ts';

/** The rows to look for problems in. */
export type Suspects = {
	readonly nodes: readonly NodeRow[];
	readonly pods: readonly PodRow[];
	readonly containers: readonly ContainerRow[];
};

/** The problems at one time. Pods and containers of a node that cannot be read have no current figures. */
export function problemRows({nodes, pods, containers}: Suspects, atMs: number): readonly ProblemRow[] {
	const unread = new Set(nodes.filter(isUnread).map(({id}) => id));
	const rows: ProblemRow[] = [];
	for (const row of nodes) {
		add(rows, row, nodeProblems(row));
	}

	for (const row of pods) {
		add(rows, row, podProblems(row, atMs));
		if (!unread.has(row.nodeId)) {
			add(rows, row, podFigures(row));
		}
	}

	for (const row of containers) {
		if (!unread.has(row.nodeId)) {
			add(rows, row, containerProblems(row));
		}
	}

	return rows;
}

function add(rows: ProblemRow[], of: ProblemRow['of'], problems: readonly Problem[]): void {
	if (problems.length === 0) {
		return;
	}

	for (const [index, problem] of problems.entries()) {
		// Two file systems of a node can be full.
		const isSecond = problems.findIndex(({reason}) => reason === problem.reason) !== index;
		const id = [of.id, problem.container, problem.reason, ...(isSecond ? [index] : [])].join('#');
		rows.push({...problem, kind: 'problem', id, name: nameOf(of, problem), of});
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
