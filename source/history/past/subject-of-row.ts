import type {Row} from '../../metrics/model/row.ts';
import type {HistorySubject} from '../store/history-request.ts';

/** The subject of a row; undefined for system containers, which stores do not keep. */
export function subjectOfRow(row: Row): HistorySubject | undefined {
	switch (row.kind) {
		case 'node':
		case 'namespace':
			return {kind: row.kind, name: row.name};
		case 'pod':
			return {kind: 'pod', namespace: row.namespace, name: row.name};
		case 'container':
			return row.pod === undefined
				? undefined
				: {kind: 'container', namespace: row.pod.namespace, pod: row.pod.name, name: row.name};
		// Stores keep neither controllers nor groups nor processes.
		case 'group':
		case 'workload':
		case 'process':
			return undefined;
		case 'tree':
		case 'problem':
			return subjectOfRow(row.of);
	}
}
