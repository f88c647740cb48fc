import type {GroupRow, NamespaceRow, Row, WorkloadRow} from './row.ts';

/** A row that has no sample of its own. */
export type SumOfPods = NamespaceRow | WorkloadRow | GroupRow;

export function isSumOfPods(row: Row): row is SumOfPods {
	return row.kind === 'namespace' || row.kind === 'workload' || row.kind === 'group';
}
