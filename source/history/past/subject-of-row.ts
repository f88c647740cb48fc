import type {PodReference} from '../../metrics/model/reading.ts';
import type {Row, SeriesName} from '../../metrics/model/row.ts';
import type {HistorySubject} from '../store/history-request.ts';

/**
 * The subject of a series of a row; undefined for system containers, which stores do not keep. A container's traffic is that
 * of its pod.
 */
export function subjectOfRow(row: Row, series: SeriesName): HistorySubject | undefined {
	switch (row.kind) {
		case 'node':
		case 'namespace':
			return {kind: row.kind, name: row.name};
		case 'pod':
			return {kind: 'pod', namespace: row.namespace, name: row.name};
		case 'container':
			return row.pod && subjectOfContainer(row.pod, row.name, series);
		// Stores keep neither controllers nor groups nor processes.
		case 'group':
		case 'workload':
		case 'process':
			return undefined;
		case 'tree':
		case 'problem':
			return subjectOfRow(row.of, series);
	}
}

function subjectOfContainer(
	{namespace, name: pod}: PodReference,
	name: string,
	series: SeriesName,
): HistorySubject {
	return series === 'rxBytesPerSecond' || series === 'txBytesPerSecond'
		? {kind: 'pod', namespace, name: pod}
		: {kind: 'container', namespace, pod, name};
}
