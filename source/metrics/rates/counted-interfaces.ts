/**
 * Which interfaces of one network namespace (a node's or a pod's) are summed, so that each byte on the wire counts
 * once. One rule for every reader: kubelet, cAdvisor and /proc by name in `countedInterfaces`, Prometheus by the same
 * patterns in PromQL. They are therefore RE2, match whole names, and need no quoting in PromQL.
 */

/** Loopback, overlays, tunnels, VPNs, and the host's ends of pods' interfaces: never the wire. */
export const NEVER_COUNTED = [
	'lo[0-9]*|lo:.*|dummy.*|ifb.*|nlmon.*|bonding_masters|teql[0-9]+|v?can[0-9]+',
	// Ends of pods' and virtual machines' interfaces.
	'veth.*|lxc.*|lxd.*|cali.*|azv.*|eni[0-9a-f]{11}|gke[0-9a-f]{11}|tap.*|macvtap.*|vnet.*|vif[0-9].*|kata.*|k6t-.*|fw(?:br|ln|pr)[0-9].*|q(?:vo|vb|br).*|.*pf[0-9]+(?:vf|sf)[0-9]+',
	// Bridges of container networks and hypervisors.
	'cni.*|cbr[0-9].*|docker.*|nerdctl.*|podman.*|br-.*|virbr.*|azure[0-9]+|kube-.*|nodelocaldns|weave.*|datapath|antrea-.*|ovn.*|ovs.*|vmnet[0-9]+',
	// Overlays, tunnels and VPNs.
	'flannel.*|cilium.*|.*[.]cali(?:co)?|tunl.*|tun.*|utun[0-9]+|gre.*|erspan.*|sit[0-9].*|ip6.*|ip_vti.*|vti[0-9].*|ipsec.*|xfrm.*|l2tp.*|vxlan.*|genev.*|wg.*|wt[0-9]+|wireguard.*|tailscale.*|zt[0-9a-z]{8,}|nebula.*|nordlynx',
].join('|');

/**
 * Stacked on other interfaces, whose bytes they repeat: the lowest of these layers counts where no card is seen, and
 * none where one is. `vEthernet (X)` is the host's port of a Hyper-V switch over the adapter X.
 */
export const STACKED_LAYERS = [
	'(?:bond|team)(?:[0-9-][^.]*)?',
	'(?:br|bridge|vmbr|xenbr)[0-9][^.]*',
	'vlan.*|.+[.][0-9]+|macvlan.*|ipvlan.*|ipvl[0-9].*|ppp[0-9].*',
	'vEthernet.*|Hyper-V Virtual .*',
] as const;

/** An SR-IOV virtual function that Azure puts under a synthetic adapter, which counts its bytes too. */
export const VIRTUAL_FUNCTION = 'enP[0-9].*|Mellanox .*Virtual.*|Microsoft Azure Network Adapter.*';
export const SYNTHETIC = 'eth[0-9]+|Microsoft Hyper-V Network Adapter.*';

/** What the kernel reports for an interface. */
export type InterfaceLinks = {
	/** Backed by a device, real or a hypervisor's; false for software interfaces. */
	readonly isDevice: boolean;
	/** The interface that this one is enslaved to. */
	readonly master: string | undefined;
	/** Those below it: a bond's slaves, a VLAN's parent. */
	readonly lower: readonly string[];
};

const isNever = matcherOf(NEVER_COUNTED);
const isNoCard = matcherOf([NEVER_COUNTED, ...STACKED_LAYERS].join('|'));
const layers = STACKED_LAYERS.map(matcherOf);
const isVirtualFunction = matcherOf(VIRTUAL_FUNCTION);
const isSynthetic = matcherOf(SYNTHETIC);

/** Each name once, in the order given. `linksOf` overrules names; it gives undefined for unknown interfaces. */
export function countedInterfaces(
	names: readonly string[],
	linksOf: (name: string) => InterfaceLinks | undefined = () => undefined,
): readonly string[] {
	const own = [...new Set(names)].filter(name => !isNever(name));
	return own.length < 2 ? own : lowest(withoutLinked(own, linksOf));
}

/** Where there are devices only they are counted, except virtual functions of a device. */
function withoutLinked(
	names: readonly string[],
	linksOf: (name: string) => InterfaceLinks | undefined,
): readonly string[] {
	const isDevice = (name: string | undefined): boolean =>
		name !== undefined && linksOf(name)?.isDevice === true;
	return names.some(isDevice)
		? names.filter(name => {
				const links = linksOf(name);
				return links === undefined || (links.isDevice && !isDevice(links.master));
			})
		: names.filter(name => !linksOf(name)?.lower.some(lower => names.includes(lower)));
}

function lowest(names: readonly string[]): readonly string[] {
	const cards = names.filter(name => !isNoCard(name));
	if (cards.length > 0) {
		return cards.some(isSynthetic) ? cards.filter(name => !isVirtualFunction(name)) : cards;
	}

	const layer = layers.find(isInLayer => names.some(isInLayer));
	return layer === undefined ? names : names.filter(layer);
}

function matcherOf(pattern: string): (name: string) => boolean {
	const whole = new RegExp(`^(?:${pattern})$`, 's');
	return name => whole.test(name);
}
