/**
 * The kubeconfig file format as ktop understands it, after relative paths were made absolute. Field for field it is
 * `clientcmd/api/v1` of client-go (https://github.com/kubernetes/client-go/blob/master/tools/clientcmd/api/v1/types.go).
 */
export type Kubeconfig = {
	/** The files that were read, in order. */
	readonly files: readonly string[];
	readonly currentContext: string | undefined;
	readonly clusters: ReadonlyMap<string, ClusterEntry>;
	readonly users: ReadonlyMap<string, UserEntry>;
	readonly contexts: ReadonlyMap<string, ContextEntry>;
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
	/** The name of the removed in-tree provider (`gcp`, `azure`, `oidc`); a user that has one cannot be used. */
	readonly authProvider: string | undefined;
	readonly exec: ExecEntry | undefined;
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
