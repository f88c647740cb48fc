import {isIP} from 'node:net';
import type {NodeAddressType, NodeInfo} from '../../metrics/model/inventory.ts';

/** Internal addresses first: they need no DNS and no gateway. */
export const defaultAddressTypes: readonly NodeAddressType[] = [
	'InternalIP',
	'ExternalIP',
	'InternalDNS',
	'ExternalDNS',
	'Hostname',
];

const defaultKubeletPort = 10250;

export type KubeletAddress = {
	/** `https://10.0.0.7:10250`, without a path. */
	readonly url: string;
	/**
	 * The host name to verify in the certificate if `url` has an IP address, since self-signed certificates of kubelets
	 * only have the host name. Undefined if `url` has a name, or the node has no host name.
	 */
	readonly serverName: string | undefined;
};

/**
 * The address of a node's kubelet: the first address of the first type in `types` that the node has, with the port of
 * its `daemonEndpoints`. Undefined for virtual nodes and for nodes without such an address.
 */
export function kubeletAddress(
	node: Pick<NodeInfo, 'addresses' | 'kubeletPort' | 'isVirtual'>,
	types: readonly NodeAddressType[] = defaultAddressTypes,
): KubeletAddress | undefined {
	if (node.isVirtual) {
		return undefined;
	}
	const firstOf = (wanted: NodeAddressType) => node.addresses.find(({type}) => type === wanted)?.address;
	for (const type of types) {
		const address = firstOf(type);
		if (address === undefined) {
			continue;
		}
		const family = isIP(address);
		const hostname = firstOf('Hostname');
		return {
			url: `https://${family === 6 ? `[${address}]` : address}:${node.kubeletPort ?? defaultKubeletPort}`,
			serverName: family !== 0 && hostname !== undefined && isIP(hostname) === 0 ? hostname : undefined,
		};
	}
	return undefined;
}
