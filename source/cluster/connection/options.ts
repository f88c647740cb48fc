/** How the cluster is chosen and who asks; every field is a flag of the same name as kubectl's. */
export type ConnectionFlags = {
	/** The URL of `--source kubernetes:URL`; no kubeconfig is read then. */
	readonly url?: string | undefined;
	readonly kubeconfig?: string | undefined;
	readonly context?: string | undefined;
	readonly cluster?: string | undefined;
	readonly user?: string | undefined;
	readonly namespace?: string | undefined;
	readonly server?: string | undefined;
	readonly token?: string | undefined;
	readonly tokenFile?: string | undefined;
	readonly as?: string | undefined;
	readonly asGroups?: readonly string[] | undefined;
	readonly asUid?: string | undefined;
	readonly clientCertificate?: string | undefined;
	readonly clientKey?: string | undefined;
	readonly certificateAuthority?: string | undefined;
	readonly tlsServerName?: string | undefined;
	readonly isInsecure?: boolean | undefined;
};

/** What the process stands in; given as values so that tests need no global state. */
export type Surroundings = {
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly homeDirectory: string;
	/** Milliseconds since the epoch. */
	readonly now: () => number;
	/** Whether an exec plugin may use the terminal at this moment: a terminal is there and no screen is drawn on it. */
	readonly isInteractive: () => boolean;
	/** Where a pod finds its service account. */
	readonly serviceAccountDirectory?: string | undefined;
};

export type ConnectionOptions = ConnectionFlags & Surroundings;
