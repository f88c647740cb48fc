import type {PodInfo} from '../../metrics/model/inventory.ts';
import type {ReachableNode} from './cluster-routes.ts';

/**
 * The nodes of pods, for users who may list pods but not nodes. The address is `status.hostIP`; other fields of the
 * nodes are unknown.
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
