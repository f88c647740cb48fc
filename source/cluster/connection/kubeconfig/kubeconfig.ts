/**
 * The decoded kubeconfig with absolute paths. The fields are those of `clientcmd/api/v1` of client-go
 * (https://github.com/kubernetes/client-go/blob/master/tools/clientcmd/api/v1/types.go).
 */
export type Kubeconfig = {
	/** The files that were read, in order. */
	readonly files: readonly string[];
	readonly currentContext: string | undefined;
	readonly clusters: Entries<ClusterEntry>;
	readonly users: Entries<UserEntry>;
	readonly contexts: Entries<ContextEntry>;
};

/**
 * Named entries, decoded on access, so that an error in an entry that the selected context does not use is ignored.
 */
export type Entries<Entry> = {
	readonly names: () => readonly string[];
	/** @throws KtopError `usage` with the file and field, never with a value. */
	readonly get: (name: string) => Entry | undefined;
};

/** PEM in the kubeconfig (`…-data`) or in a file. */
export type PemSource =
	| {readonly kind: 'data'; readonly pem: string}
	| {readonly kind: 'file'; readonly path: string};

export type ClusterEntry = {
	readonly server: string | undefined;
	readonly tlsServerName: string | undefined;
	readonly isInsecure: boolean;
	readonly certificateAuthority: PemSource | undefined;
	readonly proxyUrl: string | undefined;
	readonly disableCompression: boolean;
	/** The extension `client.authentication.k8s.io/exec`, passed to exec plugins as `spec.cluster.config`. */
	readonly execConfig: unknown;
};

export type ContextEntry = {
	readonly cluster: string | undefined;
	readonly user: string | undefined;
	readonly namespace: string | undefined;
};

export type UserEntry = {
	readonly token: string | undefined;
	readonly tokenFile: string | undefined;
	readonly username: string | undefined;
	readonly password: string | undefined;
	readonly clientCertificate: PemSource | undefined;
	readonly clientKey: PemSource | undefined;
	readonly impersonation: Impersonation | undefined;
	readonly authProvider: AuthProvider | undefined;
	readonly exec: ExecEntry | undefined;
};

/** `auth-provider`: kubectl only supports `oidc`; `gcp` and `azure` were removed in 1.26. */
export type AuthProvider = {
	readonly name: string;
	/** The user and the file of the provider; kubectl writes renewed tokens to the file. */
	readonly user: string;
	readonly file: string;
	/** The JSON Web Token for the API server. */
	readonly idToken: string | undefined;
	/** Whether there is a refresh token. Only kubectl uses it, because issuers may accept each one only once. */
	readonly isRenewable: boolean;
};

/** See https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation. */
export type Impersonation = {
	readonly user: string | undefined;
	readonly uid: string | undefined;
	readonly groups: readonly string[];
	readonly extra: ReadonlyMap<string, readonly string[]>;
};

/** A credential plugin: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins. */
export type ExecEntry = {
	readonly apiVersion: 'client.authentication.k8s.io/v1' | 'client.authentication.k8s.io/v1beta1';
	/** A bare name, which is looked up in PATH, or an absolute path. */
	readonly command: string;
	readonly args: readonly string[];
	readonly env: ReadonlyMap<string, string>;
	readonly installHint: string | undefined;
	readonly provideClusterInfo: boolean;
	readonly interactiveMode: 'Never' | 'IfAvailable' | 'Always';
};
