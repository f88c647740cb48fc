/**
 * Interfaces that carry what another interface of the same node carries too, or nothing of the node's own: loopback,
 * bridges, tunnels, dummies, and the host's ends of pods' interfaces, as the usual container networks name them.
 */
const FOREIGN =
	/^(?:lo\d*|veth.*|cni.*|docker.*|br-.*|virbr.*|cali.*|flannel.*|cilium.*|lxc.*|lxd.*|kube-.*|nodelocaldns|ifb.*|dummy.*|tunl.*|tun\d.*|tap.*|gre.*|gretap.*|erspan.*|sit\d.*|ip6.*|ip_vti.*|vxlan.*|geneve.*|genev_sys.*|weave.*|datapath|vxlan-.*|antrea-.*|ovn.*|ovs-.*|podman.*|azv.*|eni[0-9a-f]{11}|gke[0-9a-f]{11}|vnet.*|kata.*|bonding_masters|wg\d.*)$/;

/** Whether an interface's traffic is the node's own, so that summing such interfaces counts each byte once. */
export function isNodeInterface(name: string): boolean {
	return !FOREIGN.test(name);
}
