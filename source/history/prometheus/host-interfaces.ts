/**
 * What only a host has, in RE2: a pod whose rows name one of these is on the host's network. Bridges of Docker are not
 * among them, for a pod may have a Docker of its own.
 */
export const HOST_INTERFACES = 'cni.*|cbr.*|cali.*|cilium.*|lxc.*|flannel.*|kube-.*|weave.*';
