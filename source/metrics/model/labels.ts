import type {Row} from './row.ts';

/** The labels that the cluster's objects were given; those of a container are its pod's. */
export function labelsOf(row: Row): Readonly<Record<string, string>> | undefined {
	switch (row.kind) {
		case 'node':
		case 'pod':
			return row.info?.labels;
		case 'container':
			return row.podInfo?.labels;
		case 'process':
			return row.container?.podInfo?.labels;
		case 'namespace':
		case 'group':
		case 'workload':
			return undefined;
		case 'tree':
		case 'problem':
			return labelsOf(row.of);
	}
}
