/** A context of the kubeconfig, without secrets. */
export type ClusterContext = {
	readonly name: string;
	readonly cluster: string | undefined;
	/** The host of the API server, with its port unless that is the usual one of HTTPS. */
	readonly host: string | undefined;
	readonly namespace: string;
	readonly user: string | undefined;
	/** Why it cannot be opened, as far as the kubeconfig tells. */
	readonly problem: string | undefined;
};
