import type {NodeInfo} from './inventory.ts';

/** https://kubernetes.io/docs/reference/labels-annotations-taints; the older names are those of before 1.17. */
const ZONE = ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone'];
const INSTANCE_TYPE = ['node.kubernetes.io/instance-type', 'beta.kubernetes.io/instance-type'];

/** Kubernetes has no label for a pool of nodes, each provider has its own. */
const POOL = [
	'karpenter.sh/nodepool',
	'cloud.google.com/gke-nodepool',
	'eks.amazonaws.com/nodegroup',
	'alpha.eksctl.io/nodegroup-name',
	'kubernetes.azure.com/agentpool',
	'doks.digitalocean.com/node-pool',
	'kops.k8s.io/instancegroup',
];

export function zoneOf(info: NodeInfo | undefined): string | undefined {
	return firstLabel(info, ZONE);
}

/** The pool that the node was created from. */
export function poolOf(info: NodeInfo | undefined): string | undefined {
	return firstLabel(info, POOL);
}

/** `m7i.large`, as the provider names it. */
export function instanceTypeOf(info: NodeInfo | undefined): string | undefined {
	return firstLabel(info, INSTANCE_TYPE);
}

function firstLabel(info: NodeInfo | undefined, names: readonly string[]): string | undefined {
	const name = names.find(known => info?.labels[known]);
	return name === undefined ? undefined : info?.labels[name];
}
