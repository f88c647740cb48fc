import type {ContainerRow, NodeRow, PodRow, SeriesName} from '../model/row.ts';
import type {Tracked} from '../rates/tracked.ts';
import type {NodeRecord} from './node-record.ts';

/** An object whose rings hold the past of a row, and its node. */
export type ObjectOfRow = {
	readonly node: NodeRecord;
	readonly object: Tracked<'node'> | Tracked<'pod'> | Tracked<'container'>;
};

/** Undefined where the row is of nothing that a node reports. The network of a container is that of its pod. */
export function objectOfRow(
	nodes: ReadonlyMap<string, NodeRecord>,
	row: NodeRow | PodRow | ContainerRow,
	series: SeriesName,
): ObjectOfRow | undefined {
	const node = nodes.get(row.kind === 'node' ? row.id : row.nodeId);
	const object = node && objectOn(node, row, series);
	return node && object && {node, object};
}

function objectOn(
	node: NodeRecord,
	row: NodeRow | PodRow | ContainerRow,
	series: SeriesName,
): ObjectOfRow['object'] | undefined {
	switch (row.kind) {
		case 'node':
			return node.node;
		case 'pod':
			return node.podOf(row);
		case 'container':
			return isTraffic(series) && row.pod !== undefined
				? node.pods.get(row.id.slice(row.nodeId.length + 1, -row.name.length - 1))
				: node.containers.get(row.id);
	}
}

export function isTraffic(series: SeriesName): boolean {
	return series === 'rxBytesPerSecond' || series === 'txBytesPerSecond';
}
