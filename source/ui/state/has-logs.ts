import type {Row} from '../../metrics/model/row.ts';
import type {Level} from '../../metrics/model/view.ts';

/** Whether a row is a pod or a container of one, and so has logs and a shell. */
export function hasLogs(row: Row): boolean {
	switch (row.kind) {
		case 'tree':
		case 'problem':
			return hasLogs(row.of);
		case 'pod':
			return true;
		case 'container':
			return row.pod !== undefined;
		case 'process':
			return row.container?.pod !== undefined;
		case 'node':
		case 'namespace':
		case 'group':
		case 'workload':
			return false;
	}
}

/** Whether logs and shell are available on a page with this table, or without one (the page of a container). */
export function listsLogs(level: Level | undefined): boolean {
	return level === undefined || level === 'pods' || level === 'containers';
}
