import type {NodeRow, PodRow, Row} from './row.ts';

/** The name of a row's cluster, where several are read; undefined for a group of several. */
export function clusterOfRow(row: Row): string | undefined {
	switch (row.kind) {
		case 'tree':
		case 'problem':
			return clusterOfRow(row.of);
		case 'process':
			return row.container?.cluster;
		case 'group':
			return clusterOfAll(row.members);
		default:
			return row.cluster;
	}
}

/** Undefined if they are of several. */
function clusterOfAll(rows: ReadonlyArray<NodeRow | PodRow>): string | undefined {
	const cluster = rows[0]?.cluster;
	return cluster !== undefined && rows.every(row => row.cluster === cluster) ? cluster : undefined;
}

/** A name behind that of its cluster, where several are read: they may have objects of the same name. */
export function inCluster(cluster: string | undefined, name: string): string {
	return cluster === undefined ? name : `${cluster}/${name}`;
}

/** The same of a row. A group of one cluster is no object of it. */
export function nameInCluster(row: Row, name = row.name): string {
	const isGroup = (row.kind === 'tree' ? row.of.kind : row.kind) === 'group';
	return isGroup ? name : inCluster(clusterOfRow(row), name);
}
