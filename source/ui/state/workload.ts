import type {Row} from '../../metrics/model/row.ts';
import type {Level} from '../../metrics/model/view.ts';

/** Whether a row is of something that has logs and a shell. */
export function isWorkload(row: Row): boolean {
	switch (row.kind) {
		case 'tree':
			return isWorkload(row.of);
		case 'pod':
			return true;
		case 'container':
			return row.pod !== undefined;
		case 'node':
		case 'namespace':
			return false;
	}
}

/** Whether what a page of that level lists, or is of, has logs and a shell; a page without a table is a container's. */
export function listsWorkloads(level: Level | undefined): boolean {
	return level === undefined || level === 'pods' || level === 'containers';
}
