import type {Row} from '../../metrics/model/row.ts';
import type {HistorySubject} from '../store/history-request.ts';

/** What stores call a row's thing; undefined for what they do not keep (daemons and services of a node). */
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
		case 'tree':
			return subjectOfRow(row.of);
	}
}
