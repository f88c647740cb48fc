import {isIP} from 'node:net';
import type {NodeAddressType, NodeInfo} from '../../metrics/model/inventory.ts';

/** An address of the node's own network first: it needs no name service and leaves the cluster by no gateway. */
export const defaultAddressTypes: readonly NodeAddressType[] = [
	'InternalIP',
	'ExternalIP',
	'InternalDNS',
	'ExternalDNS',
	'Hostname',
];

const defaultKubeletPort = 10250;

export type KubeletAddress = {
	/** `https://10.0.0.7:10250`, no path. */
	readonly url: string;
	/**
	 * The name to verify in the certificate when `url` has an IP address: kubelets mostly sign their own, for the
	 * host's name alone. Undefined where the URL's own host is the name, or the node has no host name.
	 */
	readonly serverName: string | undefined;
};

/**
 * Where the node's kubelet listens: the first address of the first of `types` that the node has, at the port of its
 * `daemonEndpoints`. Undefined for a virtual node and for one with no such address.
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
