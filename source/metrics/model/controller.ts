/** What the API server says about a controller that keeps a number of pods: a Deployment, StatefulSet or DaemonSet. */
export type Controller = {
	readonly kind: string;
	readonly namespace: string;
	readonly name: string;
	/** `spec.replicas`, or `status.desiredNumberScheduled` of a DaemonSet; undefined if it was never counted. */
	readonly wantedPods: number | undefined;
	readonly createdAtMs: number | undefined;
};

/** By `controllerKey`. */
export type Controllers = ReadonlyMap<string, Controller>;

/** Neither namespaces, kinds nor names contain a slash. */
export function controllerKey({
	namespace,
	kind,
	name,
}: Pick<Controller, 'kind' | 'namespace' | 'name'>): string {
	return `${namespace}/${kind}/${name}`;
}

/** The controllers of each cluster, by its name: none where only pods are read. */
export type ControllersByCluster = ReadonlyMap<string | undefined, Controllers>;
