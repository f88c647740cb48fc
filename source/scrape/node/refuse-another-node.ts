import {KtopError} from '../../metrics/model/failure.ts';
import type {NodeInfo} from '../../metrics/model/inventory.ts';
import type {Reading} from '../../metrics/model/reading.ts';

/**
 * Throws `KtopError` (`bad-answer`) where readings say that they are of another node that is listed: two nodes with one
 * address, or an address that another node has by now. A name of no node is no reason, and virtual nodes may share a kubelet.
 */
export function refuseAnotherNode(
	readings: readonly Pick<Reading, 'nodeName'>[],
	node: Pick<NodeInfo, 'name' | 'isVirtual'>,
	isListed: (node: string) => boolean,
): void {
	if (node.isVirtual) {
		return;
	}

	for (const {nodeName} of readings) {
		if (nodeName !== undefined && nodeName !== node.name && isListed(nodeName)) {
			throw new KtopError({
				code: 'bad-answer',
				brief: 'another node',
				message: `the address of node ${node.name} leads to the kubelet of node ${nodeName}`,
				hint: 'compare the addresses in kubectl get nodes -o wide; --kubelet-address-types chooses others',
			});
		}
	}
}
