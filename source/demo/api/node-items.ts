import type {ClusterModel} from '../model/cluster.ts';
import type {NodeModel} from '../model/node.ts';
import type {Item} from './item.ts';
import {isCordoned, nodeChangedMs, nodeLabels, nodeObject} from './node-object.ts';
import {lostMs} from './node-state.ts';

/** The nodes from a place on. A node's place is its index. */
export function* nodeItems(cluster: ClusterModel, from: number): Generator<Item> {
	for (let place = Math.max(from, 0); place < cluster.nodeNames.length; place++) {
		const name = cluster.nodeNames[place] ?? '';
		// Creating a node creates all of its pods, so it is done only when needed.
		const atNode = <Result>(look: (node: NodeModel) => Result): Result => {
			const node = cluster.node(name);
			if (node === undefined) {
				throw new Error(`no node ${name}`);
			}

			return look(node);
		};
		yield {
			place,
			labels: () => nodeLabels(cluster, place),
			fields: () => ({'metadata.name': name, 'spec.unschedulable': String(isCordoned(cluster, place))}),
			isChanging: lostMs(cluster, name) === undefined,
			changedMs: timeMs => atNode(node => nodeChangedMs(cluster, node, timeMs)),
			toObject: timeMs => atNode(node => nodeObject(cluster, node, place, timeMs)),
		};
	}
}
