/** One of several clusters that are read. */
export type ClusterState = {
	/** As its rows name it: short, and unique among those that are read. */
	readonly name: string;
	/** The name of the context in the kubeconfig. */
	readonly context: string;
	readonly kubernetesVersion: string | undefined;
	/** `connected` as soon as nodes or pods were listed once; `failed` while another try is ahead. */
	readonly state: 'connecting' | 'connected' | 'failed';
	/** Why it cannot be reached, and what of it is missing or out of date: a line each. */
	readonly reasons: readonly string[];
};
