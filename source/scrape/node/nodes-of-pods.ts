import type {PodInfo} from '../../metrics/model/inventory.ts';
import type {ReachableNode} from './cluster-routes.ts';

/**
 * The nodes that pods run on, for those who may list pods and no nodes: `status.hostIP` is the way there. What else a
 * node tells of itself is not known.
 */
export function nodesOfPods(pods: Iterable<Pick<PodInfo, 'nodeName' | 'hostIp'>>): readonly ReachableNode[] {
	const nodes = new Map<string, ReachableNode>();
	for (const {nodeName, hostIp} of pods) {
		if (nodeName !== undefined && (!nodes.has(nodeName) || nodes.get(nodeName)?.addresses.length === 0)) {
			nodes.set(nodeName, {
				name: nodeName,
				addresses: hostIp === undefined ? [] : [{type: 'InternalIP', address: hostIp}],
				kubeletPort: undefined,
				isVirtual: false,
				metricsPath: undefined,
			});
		}
	}

	return [...nodes.values()];
}
