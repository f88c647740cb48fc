/**
 * Interfaces that carry what another one of the same machine carries too, or nothing of its own, as RE2: the same that
 * `metrics/node-interface.ts` leaves out of what is read live, and kubenet's bridge.
 */
export const FOREIGN_INTERFACES =
	'lo[0-9]*|veth.*|cni.*|cbr.*|docker.*|br-.*|virbr.*|cali.*|flannel.*|cilium.*|lxc.*|lxd.*|kube-.*|nodelocaldns|ifb.*|dummy.*|tunl.*|tun[0-9].*|tap.*|gre.*|erspan.*|sit[0-9].*|ip6.*|ip_vti.*|vxlan.*|gene?v.*|weave.*|datapath|antrea-.*|ovn.*|ovs-.*|podman.*|azv.*|eni[0-9a-f]{11}|gke[0-9a-f]{11}|vnet.*|kata.*|bonding_masters|wg[0-9].*';

/**
 * What only a host has: a pod whose rows name one of these is on the host's network. Bridges of Docker are not among
 * them, for a pod may have a Docker of its own.
 */
export const HOST_INTERFACES = 'cni.*|cbr.*|cali.*|cilium.*|lxc.*|flannel.*|kube-.*|weave.*';
