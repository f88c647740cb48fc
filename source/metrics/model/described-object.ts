import type {DescribedObject} from './description.ts';
import type {Subject} from './row.ts';

/** Workloads that are pods themselves, or that the API server does not have. */
const WITHOUT_OBJECT: ReadonlySet<string> = new Set(['Pod', 'StaticPod']);

/** The object of the API server behind a row; undefined if there is none. */
export function describedObject(row: Subject): DescribedObject | undefined {
	switch (row.kind) {
		case 'tree':
		case 'problem':
			return describedObject(row.of);
		case 'node':
			return {kind: 'Node', cluster: row.cluster, namespace: undefined, name: row.name};
		case 'pod':
			return {kind: 'Pod', cluster: row.cluster, namespace: row.namespace, name: row.name};
		case 'container':
			return (
				row.pod && {
					kind: 'Pod',
					cluster: row.cluster,
					namespace: row.pod.namespace,
					name: row.pod.name,
					container: row.name,
				}
			);
		case 'workload':
			return row.workloadKind === undefined || WITHOUT_OBJECT.has(row.workloadKind)
				? undefined
				: {kind: row.workloadKind, cluster: row.cluster, namespace: row.namespace, name: row.name};
		case 'group':
		case 'namespace':
		case 'process':
		case 'cluster':
			return undefined;
	}
}
