/**
 * Interfaces that exist only on hosts (RE2). A pod whose series have one of them uses hostNetwork. Docker's bridges are
 * not listed, because a pod may run Docker itself.
 */
export const HOST_INTERFACES = 'cni.*|cbr.*|cali.*|cilium.*|lxc.*|flannel.*|kube-.*|weave.*';
