/**
 * The kubeconfig file format as ktop understands it, after relative paths were made absolute. Field for field it is
 * `clientcmd/api/v1` of client-go (https://github.com/kubernetes/client-go/blob/master/tools/clientcmd/api/v1/types.go).
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
 * Named entries, each decoded when it is asked for: a mistake in one that the chosen context does not refer to is no
 * reason to fail.
 */
export type Entries<Entry> = {
	readonly names: () => readonly string[];
	/** @throws KtopError `usage` that names file and field, never a value. */
	readonly get: (name: string) => Entry | undefined;
};

/** PEM that is written into the kubeconfig (`…-data`) or kept in a file beside it. */
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
	/** The extension `client.authentication.k8s.io/exec`, handed to exec plugins as `spec.cluster.config`. */
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

/** `auth-provider`: kubectl still has `oidc`; `gcp` and `azure` were removed in 1.26. */
export type AuthProvider = {
	readonly name: string;
	/** The user that has it and the file that holds it, where kubectl writes renewed tokens. */
	readonly user: string;
	readonly file: string;
	/** The JSON Web Token that the API server is given. */
	readonly idToken: string | undefined;
	/** Whether kubectl has a refresh token to renew it with. ktop never uses that: issuers accept each one once. */
	readonly isRenewable: boolean;
};

/** Whom to act as; see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation. */
export type Impersonation = {
	readonly user: string | undefined;
	readonly uid: string | undefined;
	readonly groups: readonly string[];
	readonly extra: ReadonlyMap<string, readonly string[]>;
};

/** A credential plugin: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins. */
export type ExecEntry = {
	readonly apiVersion: 'client.authentication.k8s.io/v1' | 'client.authentication.k8s.io/v1beta1';
	/** A bare name is looked up in PATH; one with a slash is an absolute path by now. */
	readonly command: string;
	readonly args: readonly string[];
	readonly env: ReadonlyMap<string, string>;
	readonly installHint: string | undefined;
	readonly provideClusterInfo: boolean;
	readonly interactiveMode: 'Never' | 'IfAvailable' | 'Always';
};
