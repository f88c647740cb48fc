import type {Row} from './row.ts';

/** The name of a row's cluster, where several are read; undefined for what may be of any. */
export function clusterOfRow(row: Row): string | undefined {
	switch (row.kind) {
		case 'tree':
		case 'problem':
			return clusterOfRow(row.of);
		case 'process':
			return row.container?.cluster;
		case 'group':
			return undefined;
		default:
			return row.cluster;
	}
}

/** A name behind that of its cluster, where several are read: they may have objects of the same name. */
export function inCluster(cluster: string | undefined, name: string): string {
	return cluster === undefined ? name : `${cluster}/${name}`;
}
