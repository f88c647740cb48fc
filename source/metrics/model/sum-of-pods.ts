import type {NamespaceRow, Row, WorkloadRow} from './row.ts';

/** A row that has no sample of its own. */
export type SumOfPods = NamespaceRow | WorkloadRow;

export function isSumOfPods(row: Row): row is SumOfPods {
	return row.kind === 'namespace' || row.kind === 'workload';
}
